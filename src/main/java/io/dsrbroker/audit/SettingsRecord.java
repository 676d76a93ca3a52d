package io.dsrbroker.audit;

import io.dsrbroker.job.Administered;
import io.dsrbroker.job.Caller;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes down at every start which settings differ from those that were last written down. */
@Component
class SettingsRecord implements ApplicationRunner {

    static final String CONFIGURED = "configured";

    private static final String SETTINGS = "settings";

    private final AuditEntries entries;
    private final EffectiveSettings settings;
    private final ApplicationEventPublisher events;

    SettingsRecord(AuditEntries entries, EffectiveSettings settings, ApplicationEventPublisher events) {
        this.entries = entries;
        this.settings = settings;
        this.events = events;
    }

    @Override
    @Transactional
    public void run(ApplicationArguments arguments) {
        entries.lockBrokersChain();
        Map<String, String> before = last();
        Map<String, String> now = settings.now();
        if (!now.equals(before)) {
            events.publishEvent(new Administered(
                    Caller.SYSTEM, CONFIGURED, Map.of(SETTINGS, now, "changed", changed(before, now))));
        }
    }

    private Map<String, String> last() {
        Map<String, String> last = new TreeMap<>();
        entries.newest(AuditEntries.BROKER, CONFIGURED).ifPresent(entry -> {
            if (entry.detail().get(SETTINGS) instanceof Map<?, ?> kept) {
                kept.forEach((name, value) -> last.put(String.valueOf(name), String.valueOf(value)));
            }
        });
        return last;
    }

    private static Map<String, Object> changed(Map<String, String> before, Map<String, String> now) {
        Map<String, Object> changed = new TreeMap<>();
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            String was = before.get(name);
            String is = now.get(name);
            if (!java.util.Objects.equals(was, is)) {
                Map<String, Object> change = new HashMap<>();
                if (was != null) {
                    change.put("before", was);
                }
                if (is != null) {
                    change.put("after", is);
                }
                changed.put(name, change);
            }
        }
        return changed;
    }
}
