package io.dsrbroker.story;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares answers that a page shows with real ones. What is shown is literal, but for ids and hashes, which stand for
 * another wherever they stand, for times, and for {@code …}: it stands for what is left out.
 */
final class Shown {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\b[0-9a-f]{64}\\b";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z";
    private static final String MORE = "…";
    private static final Pattern VARYING = Pattern.compile("(?<id>" + ID + ")|(?<time>" + TIME + ")|" + MORE);

    /** Any value, where JSON is read. */
    private static final String ANY = "any value";

    private final Map<String, String> ids = new HashMap<>();

    /** What is not as shown; a line {@code …} stands for any lines. */
    Optional<String> differsAsText(String shown, String real) {
        List<String> patterns = new ArrayList<>();
        for (String line : shown.lines().toList()) {
            patterns.add(line.equals(MORE) ? "(?:[^\\n]*\\n)*" : pattern(line.stripTrailing()) + "\\n");
        }
        String lines = real.lines().map(line -> line.stripTrailing() + "\n").collect(Collectors.joining());
        return remember(String.join("", patterns), shown, lines) ? Optional.empty() : Optional.of(shown);
    }

    /** Where it is not as shown. */
    Optional<String> differsAsJson(String shown, String real) {
        return differs("", JSON.readTree(whole(shown)), JSON.readTree(real));
    }

    private Optional<String> differs(String path, JsonNode shown, JsonNode real) {
        if (shown.isString() && shown.asString().equals(ANY)) {
            return Optional.empty();
        }
        if (shown.getNodeType() != real.getNodeType()) {
            return Optional.of(path + " is no " + shown.getNodeType());
        }
        return switch (shown.getNodeType()) {
            case OBJECT -> object(path, shown, real);
            case ARRAY -> array(path, shown, real);
            case STRING ->
                remember(pattern(shown.asString()), shown.asString(), real.asString())
                        ? Optional.empty()
                        : Optional.of(path + " is not " + shown);
            default -> shown.equals(real) ? Optional.empty() : Optional.of(path + " is not " + shown);
        };
    }

    private Optional<String> object(String path, JsonNode shown, JsonNode real) {
        for (String name : real.propertyNames()) {
            if (!shown.has(name) && !shown.has(MORE)) {
                return Optional.of(path + "/" + name + " is not shown");
            }
        }
        for (Map.Entry<String, JsonNode> property : shown.properties()) {
            String name = property.getKey();
            if (name.equals(MORE)) {
                continue;
            }
            if (!real.has(name)) {
                return Optional.of(path + "/" + name + " is not there");
            }
            Optional<String> differs = differs(path + "/" + name, property.getValue(), real.get(name));
            if (differs.isPresent()) {
                return differs;
            }
        }
        return Optional.empty();
    }

    private Optional<String> array(String path, JsonNode shown, JsonNode real) {
        int size = shown.size();
        boolean more = size > 0 && shown.get(size - 1).asString("").equals(ANY);
        int literal = more ? size - 1 : size;
        if (more ? real.size() < literal : real.size() != literal) {
            return Optional.of(path + " has " + real.size() + " elements");
        }
        for (int index = 0; index < literal; index++) {
            Optional<String> differs = differs(path + "/" + index, shown.get(index), real.get(index));
            if (differs.isPresent()) {
                return differs;
            }
        }
        return Optional.empty();
    }

    /** JSON with a member or a value in the place of each {@code …} outside of strings. */
    private static String whole(String shown) {
        StringBuilder whole = new StringBuilder();
        Deque<Character> open = new ArrayDeque<>();
        boolean string = false;
        char before = ' ';
        for (int at = 0; at < shown.length(); at++) {
            char next = shown.charAt(at);
            if (next == '"') {
                string = !string;
            }
            if (string || !MORE.equals(String.valueOf(next))) {
                whole.append(next);
            } else if (before != ':' && Character.valueOf('{').equals(open.peek())) {
                whole.append("\"" + MORE + "\": \"" + ANY + "\"");
            } else {
                whole.append("\"" + ANY + "\"");
            }
            if (!string && (next == '{' || next == '[')) {
                open.push(next);
            } else if (!string && (next == '}' || next == ']')) {
                open.pop();
            }
            before = Character.isWhitespace(next) ? before : next;
        }
        return whole.toString();
    }

    private String pattern(String shown) {
        StringBuilder pattern = new StringBuilder();
        Matcher varying = VARYING.matcher(shown);
        int from = 0;
        while (varying.find()) {
            pattern.append(Pattern.quote(shown.substring(from, varying.start())));
            String id = varying.group("id");
            if (id != null) {
                String known = ids.get(id);
                pattern.append('(')
                        .append(known == null ? ID : Pattern.quote(known))
                        .append(')');
            } else {
                pattern.append(varying.group("time") == null ? "[^\\n]*" : TIME);
            }
            from = varying.end();
        }
        return pattern + Pattern.quote(shown.substring(from));
    }

    /** Whether it is so; if it is, the ids in it are known from now on. */
    private boolean remember(String pattern, String shown, String real) {
        Matcher matcher = Pattern.compile(pattern).matcher(real);
        if (!matcher.matches()) {
            return false;
        }
        Matcher id = Pattern.compile(ID).matcher(shown);
        for (int group = 1; group <= matcher.groupCount() && id.find(); group++) {
            ids.put(id.group(), matcher.group(group));
        }
        return true;
    }
}
