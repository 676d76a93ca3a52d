package io.dsrbroker.job;

import io.dsrbroker.catalogue.Documents;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Template variables in the form in which lanes and hosts need them. */
final class Variables {

    private Variables() {}

    /** Squeezes the location and lower-cases the subscription, so that equal places share a lane. */
    static Map<String, String> normal(Map<String, String> variables) {
        Map<String, String> normal = new HashMap<>(variables);
        normal.computeIfPresent("location", (name, value) -> Documents.squeezed(value));
        normal.computeIfPresent("subscriptionId", (name, value) -> value.toLowerCase(Locale.ROOT));
        return Map.copyOf(normal);
    }
}
