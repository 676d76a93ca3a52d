package io.dsrbroker.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Times that were measured, in milliseconds. */
record Figures(List<Long> sorted) {

    static Figures of(List<Long> millis) {
        List<Long> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        return new Figures(List.copyOf(sorted));
    }

    long median() {
        return percentile(50);
    }

    long percentile(int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    long max() {
        return sorted.getLast();
    }

    @Override
    public String toString() {
        return "n=%d min=%d median=%d p95=%d max=%d ms"
                .formatted(sorted.size(), sorted.getFirst(), median(), percentile(95), max());
    }

    /** Tells people what came out. */
    @SuppressWarnings({"SystemOut", "AnnotateFormatMethod"})
    static void tell(String words, Object... values) {
        System.out.println("CHAOS " + words.formatted(values));
    }
}
