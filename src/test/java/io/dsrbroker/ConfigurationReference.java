package io.dsrbroker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * docs/configuration.md, made of what Spring Boot's annotation processor wrote down of the settings when they were compiled,
 * and of application.yaml, which has the last word on defaults.
 */
final class ConfigurationReference {

    static final Path PAGE = Path.of("docs/configuration.md");

    private static final Path META_INF = Path.of("target/classes/META-INF");
    private static final Pattern OF_RECORDS =
            Pattern.compile("java\\.util\\.(List|Map)<(?:java\\.lang\\.String,)?" + "(io\\.dsrbroker\\.[\\w.$]+)>");
    private static final Pattern CODE = Pattern.compile("\\{@code ((?:[^{}]|\\{[^{}]*})*)}");
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]$");

    private static final String INTRODUCTION = """
            # Configuration

            Every setting of the broker. This page is made of the code; after a change of a setting run

                mvn test -Dtest=ConfigurationReferenceTests -Ddsr.docs.write=true

            What a broker needs to start is in the [README](../README.md#running-it); most of the rest can stay as it is.

            Settings come from wherever Spring Boot takes them: `application.yaml` beside the jar or in
            `SPRING_CONFIG_ADDITIONAL_LOCATION`, variables (`dsr.lanes.missed-heartbeats` is `DSR_LANES_MISSEDHEARTBEATS`,
            `dsr.clients[0].name` is `DSR_CLIENTS_0_NAME`), or arguments (`--dsr.lanes.poll=2s`). What lies below
            `dsr.upstreams.gallery-catalog` and `dsr.upstreams.model-management` cannot be written as a variable, because of the
            dash: put it in a file.

            A *duration* is a number with `ms`, `s`, `m`, `h` or `d`; a *size* one with `KB`, `MB` or `GB`; a *list* is separated by
            commas, or a YAML list. – means that there is no default.
            """;

    /** A setting: its key, its kind in plain words, what it means, and its default, empty where it has none. */
    record Setting(String key, String kind, String meaning, String standard) {

        /** What stands before the last part, as far as settings share it: {@code dsr.lanes}. */
        String group() {
            return key.split("\\.", 3).length < 3
                    ? INDEX.matcher(key.replace("[n]", "")).replaceFirst("")
                    : Arrays.stream(key.split("\\.", 3))
                            .limit(2)
                            .collect(Collectors.joining("."))
                            .replace("[n]", "");
        }
    }

    private final Map<String, String> shipped = shipped();
    private final JsonNode metadata = read(META_INF.resolve("spring-configuration-metadata.json"));

    /** The defaults that application.yaml sets, Spring's own settings included. */
    Map<String, String> inFile() {
        return shipped;
    }

    /** The records that settings are bound to, by their prefix; several may share one. */
    List<Map.Entry<String, String>> records() {
        return metadata.get("groups")
                .valueStream()
                .filter(group -> !group.has("sourceMethod"))
                .map(group -> Map.entry(
                        group.get("name").asString(), group.get("type").asString()))
                .toList();
    }

    /** All settings, in the order of the page. */
    List<Setting> settings() {
        TreeMap<String, Setting> settings = new TreeMap<>();
        metadata.get("properties").forEach(property -> {
            String key = property.get("name").asString();
            String type = property.get("type").asString();
            Matcher many = OF_RECORDS.matcher(type);
            if (many.matches()) {
                boolean list = many.group(1).equals("List");
                String each = key + (list ? "[n]" : ".<" + placeholder(key) + ">");
                settings.put(each, new Setting(each, list ? "list" : "for each upstream", meaning(property), ""));
                inner(key, many.group(2), each).forEach(setting -> settings.put(setting.key(), setting));
            } else if (!type.startsWith("io.dsrbroker.") || isEnum(type)) {
                String standard = shipped.getOrDefault(key, standard(property));
                settings.put(key, new Setting(key, kind(type), meaning(property), standard));
            }
        });
        return List.copyOf(settings.values());
    }

    private List<Setting> inner(String prefix, String type, String each) {
        List<Setting> settings = new ArrayList<>();
        read(META_INF.resolve("spring/configuration-metadata/" + type + ".json"))
                .get("properties")
                .forEach(property -> {
                    String name = property.get("name").asString();
                    Matcher many = OF_RECORDS.matcher(property.get("type").asString());
                    String key = each + "." + name;
                    if (many.matches()) {
                        settings.add(new Setting(key + "[n]", "list", meaning(property), ""));
                        settings.addAll(inner(prefix, many.group(2), key + "[n]"));
                    } else {
                        settings.add(new Setting(
                                key,
                                kind(property.get("type").asString()),
                                meaning(property),
                                ofEach(prefix, name, standard(property))));
                    }
                });
        return settings;
    }

    /** The default of a setting that every upstream has, as application.yaml sets it for some. */
    private String ofEach(String prefix, String name, String otherwise) {
        SortedSet<String> names = shipped.keySet().stream()
                .filter(key -> key.startsWith(prefix + "."))
                .map(key -> key.substring(prefix.length() + 1))
                .filter(rest -> rest.contains("."))
                .map(rest -> rest.substring(0, rest.indexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
        return names.isEmpty()
                ? otherwise
                : names.stream()
                        .map(each -> each + ": " + shipped.getOrDefault(prefix + "." + each + "." + name, otherwise))
                        .map(each -> each.endsWith(": ") ? each + "no limit" : each)
                        .collect(Collectors.joining(", "));
    }

    private static String placeholder(String key) {
        return key.equals("dsr.upstreams") ? "name" : "upstream";
    }

    /** The page. */
    String page() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        Map<String, List<Setting>> groups =
                settings().stream().collect(Collectors.groupingBy(Setting::group, TreeMap::new, Collectors.toList()));
        groups.forEach((group, settings) -> {
            page.append("\n## ").append(group).append("\n\n| key | type | default | meaning |\n|---|---|---|---|\n");
            settings.forEach(setting -> page.append("| `")
                    .append(setting.key())
                    .append("` | ")
                    .append(setting.kind())
                    .append(" | ")
                    .append(setting.standard().isEmpty() ? "–" : "`" + cell(setting.standard()) + "`")
                    .append(" | ")
                    .append(cell(setting.meaning()))
                    .append(" |\n"));
        });
        page.append("""

                ## Spring's own settings

                The broker sets these, and the patterns of its log; all others are as Spring Boot, db-scheduler and springdoc have them.
                Change them only with a reason.

                | key | value |
                |---|---|
                """);
        shipped.forEach((key, value) -> {
            if (!key.startsWith("dsr.") && !key.startsWith("logging.pattern.")) {
                page.append("| `")
                        .append(key)
                        .append("` | `")
                        .append(cell(value))
                        .append("` |\n");
            }
        });
        return page.toString();
    }

    private static String cell(String text) {
        return text.strip().replaceAll("\\s+", " ").replace("|", "\\|");
    }

    private static String meaning(JsonNode property) {
        String told = property.path("description").asString("").strip();
        String plain = CODE.matcher(told).replaceAll(code -> Matcher.quoteReplacement("`" + code.group(1) + "`"));
        return plain.isEmpty() || plain.startsWith("`")
                ? plain
                : plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
    }

    private static String standard(JsonNode property) {
        JsonNode value = property.path("defaultValue");
        String text = value.isArray()
                ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "))
                : value.asString("");
        // A list that the processor has read of an annotation.
        return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    }

    private static String kind(String type) {
        return switch (type) {
            case "java.time.Duration" -> "duration";
            case "org.springframework.util.unit.DataSize" -> "size";
            case "java.lang.Boolean" -> "`true` or `false`";
            case "java.lang.Integer", "java.lang.Long" -> "whole number";
            case "java.lang.Double" -> "number";
            case "java.lang.String" -> "text";
            case "java.net.URI" -> "URL";
            case "java.util.UUID" -> "UUID";
            case "java.time.Period" -> "period (`24m` is 24 months)";
            case "java.util.List<java.lang.String>" -> "list";
            case "java.util.List<java.time.Duration>" -> "list of durations";
            default ->
                constants(type).stream().map(constant -> "`" + constant + "`").collect(Collectors.joining(", "));
        };
    }

    private static boolean isEnum(String type) {
        return !constants(type).isEmpty();
    }

    private static Collection<String> constants(String type) {
        try {
            Object @Nullable [] constants = Class.forName(type).getEnumConstants();
            return constants == null
                    ? List.of()
                    : Stream.of(constants)
                            .map(constant ->
                                    constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .toList();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Say in ConfigurationReference what a " + type + " is in plain words", e);
        }
    }

    private static Map<String, String> shipped() {
        try {
            List<PropertySource<?>> sources =
                    new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yaml"));
            Map<String, String> all = new TreeMap<>();
            for (PropertySource<?> source : sources) {
                for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
                    all.put(name, String.valueOf(source.getProperty(name)));
                }
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JsonMapper.shared().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("The annotation processor writes it when Maven compiles", e);
        }
    }
}
