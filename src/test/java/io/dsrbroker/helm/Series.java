package io.dsrbroker.helm;

import java.util.Map;

/** One value of a metric, as an exposition shows it. */
record Series(String metric, Map<String, String> labels, double value) {

    Series {
        labels = Map.copyOf(labels);
    }
}
