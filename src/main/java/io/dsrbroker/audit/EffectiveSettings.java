package io.dsrbroker.audit;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.shared.Digests;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The settings that decide what the broker may do, as they were given: those of the engine, of egress, of retention and of
 * limits in words, others as hashes, secrets not at all, since a hash of a short secret gives it away.
 */
@Component
class EffectiveSettings {

    private static final List<String> IN_WORDS = List.of(
            "dsr.lanes",
            "dsr.egress",
            "dsr.retention",
            "dsr.housekeeping",
            "dsr.retry",
            "dsr.verify",
            "dsr.audit",
            "dsr.limits",
            "dsr.http");
    private static final List<String> AS_HASHES = List.of(
            "dsr.upstreams",
            "dsr.clients",
            "dsr.export",
            "dsr.callback",
            "dsr.receipt",
            "dsr.vault",
            "dsr.catalogue",
            "spring.security.oauth2.resourceserver.jwt");
    private static final List<String> SECRET = List.of("secret", "password", "credential", "token", "key");

    private static final List<String> NOT_SECRET = List.of("keyset", "token-uri", "public-key-location");

    private final Environment environment;
    private final Catalogue catalogue;

    EffectiveSettings(Environment environment, Catalogue catalogue) {
        this.environment = environment;
        this.catalogue = catalogue;
    }

    Map<String, String> now() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("catalogue", catalogue.hash());
        IN_WORDS.forEach(group -> given(group).forEach(settings::put));
        AS_HASHES.forEach(group ->
                given(group).forEach((name, value) -> settings.put(name, "sha256:" + Digests.hex(value))));
        return settings;
    }

    private Map<String, String> given(String group) {
        Map<String, String> given = new TreeMap<>();
        Binder.get(environment)
                .bind(group, Bindable.mapOf(String.class, String.class))
                .orElse(Map.of())
                .forEach((name, value) -> {
                    String full = group + "." + name;
                    if (!isSecret(name)) {
                        given.put(full, value);
                    }
                });
        return given;
    }

    private static boolean isSecret(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return !NOT_SECRET.contains(last) && SECRET.stream().anyMatch(last::contains);
    }
}
