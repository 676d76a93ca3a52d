package io.dsrbroker.helm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus would know after reading the metrics of all replicas once; it adds a job and an instance to each. */
public final class Scrape {

    private static final Pattern LINE =
            Pattern.compile("(?<metric>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(?<labels>.*)})?\\s+(?<value>\\S+)(?:\\s.*)?");
    private static final Pattern LABEL =
            Pattern.compile("\\s*(?<name>[a-zA-Z_][a-zA-Z0-9_]*)=\"(?<value>(?:[^\"\\\\]|\\\\.)*)\"\\s*,?");

    private final Instant at;
    private final List<Series> series;

    private Scrape(Instant at, List<Series> series) {
        this.at = at;
        this.series = List.copyOf(series);
    }

    /** Reads what {@code /actuator/prometheus} of each replica says. */
    public static Scrape of(Instant at, String... replicas) {
        List<Series> series = new ArrayList<>();
        for (int replica = 0; replica < replicas.length; replica++) {
            Map<String, String> target = Map.of("job", "dsr-broker", "instance", "replica-" + replica);
            replicas[replica]
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> read(line, target))
                    .forEach(series::add);
        }
        return new Scrape(at, series);
    }

    private static Series read(String line, Map<String, String> target) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("No line of an exposition: " + line);
        }
        Map<String, String> labels = new HashMap<>();
        String given = matcher.group("labels");
        if (given != null) {
            labels.putAll(labels(given));
        }
        labels.putAll(target);
        return new Series(matcher.group("metric"), labels, number(matcher.group("value")));
    }

    private static Map<String, String> labels(String given) {
        Map<String, String> labels = new HashMap<>();
        Matcher matcher = LABEL.matcher(given);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            labels.put(
                    matcher.group("name"),
                    matcher.group("value")
                            .replace("\\n", "\n")
                            .replace("\\\"", "\"")
                            .replace("\\\\", "\\"));
            end = matcher.end();
        }
        if (!given.substring(end).isBlank()) {
            throw new IllegalArgumentException("No labels: " + given);
        }
        return labels;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    Instant at() {
        return at;
    }

    List<Series> series() {
        return series;
    }
}
