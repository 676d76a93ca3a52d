package io.dsrbroker.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The alerts of the chart, which can be asked whether they fire. */
public final class Alerts {

    private static final Path FILE = Chart.FOLDER.resolve("files/alerts.yaml");

    private Alerts() {}

    /** All of them, as the chart's file has them. */
    public static List<Alert> load() {
        try {
            return read(Files.readString(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one of this name. */
    public static Alert load(String name) {
        return load().stream()
                .filter(alert -> alert.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No alert " + name));
    }

    static List<Alert> read(String groups) {
        return read(YAMLMapper.shared().readTree(groups).path("groups"));
    }

    static List<Alert> read(JsonNode groups) {
        return elements(groups)
                .flatMap(group -> elements(group.path("rules")))
                .map(rule -> new Alert(
                        rule.path("alert").asString(),
                        rule.path("expr").asString(),
                        rule.path("for").asString(),
                        strings(rule.path("labels")),
                        strings(rule.path("annotations"))))
                .toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new HashMap<>();
        object.properties()
                .forEach(each -> strings.put(each.getKey(), each.getValue().asString()));
        return strings;
    }
}
