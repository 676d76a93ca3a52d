package io.dsrbroker.callback;

import io.dsrbroker.egress.Egress;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings of callbacks as the broker would bind them. */
final class Settings {

    static final Egress PRODUCTION = new Egress(false, false);

    private Settings() {}

    /** Settings under {@code dsr.callback}, each as {@code key=value}. */
    static CallbackProperties of(String... settings) {
        Map<String, String> values = new HashMap<>();
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            values.put("dsr.callback." + parts[0], parts[1]);
        }
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("dsr.callback", CallbackProperties.class);
    }
}
