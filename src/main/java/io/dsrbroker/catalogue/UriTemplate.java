package io.dsrbroker.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A URL with {@code {variables}} (RFC 6570, level 1) whose values are encoded strictly: everything but RFC 3986's
 * unreserved characters becomes a percent escape, so that no value can leave its segment.
 *
 * <p>A {@code segmented} variable is a path: it keeps its slashes, and each of its segments is encoded by itself.
 */
public final class UriTemplate {

    private static final String UNRESERVED_MARKS = "-._~";
    private static final String LITERAL_MARKS = "-._~:/?#[]@!$&()*+,;=%";

    private final String text;
    private final List<Part> parts;
    private final Set<String> segmented;

    private sealed interface Part {}

    private record Literal(String encoded) implements Part {}

    private record Variable(String name) implements Part {}

    /** Parses a template; an unclosed brace is an {@link IllegalArgumentException}. */
    public UriTemplate(String text, Set<String> segmented) {
        this.text = text;
        this.segmented = Set.copyOf(segmented);
        this.parts = parse(text);
    }

    /** The names of its variables. */
    public Set<String> variables() {
        return parts.stream()
                .filter(Variable.class::isInstance)
                .map(part -> ((Variable) part).name())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The URL with every variable filled in, ready for {@link java.net.URI#create}.
     *
     * @throws MissingVariable when a variable has no value
     */
    public String expand(Map<String, String> values) {
        StringBuilder url = new StringBuilder(text.length() + 64);
        for (Part part : parts) {
            switch (part) {
                case Literal literal -> url.append(literal.encoded());
                case Variable variable -> append(url, variable.name(), values.get(variable.name()));
            }
        }
        return url.toString();
    }

    private void append(StringBuilder url, String name, @Nullable String value) {
        if (value == null) {
            throw new MissingVariable(name);
        }
        if (!segmented.contains(name)) {
            url.append(encode(value, UNRESERVED_MARKS));
            return;
        }
        String[] segments = value.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            url.append(i == 0 ? "" : "/").append(encodeSegment(segments[i]));
        }
    }

    private static String encodeSegment(String segment) {
        return switch (segment) {
            case ".", ".." -> segment.replace(".", "%2E");
            default -> encode(segment, UNRESERVED_MARKS);
        };
    }

    private static String encode(String value, String marks) {
        StringBuilder encoded = new StringBuilder(value.length() + 16);
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (isAlphanumeric(c) || marks.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 0xF, 16)));
            }
        }
        return encoded.toString();
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static List<Part> parse(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            if (open < 0) {
                parts.add(new Literal(encode(text.substring(at), LITERAL_MARKS)));
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("Unclosed brace in template " + text);
            }
            if (open > at) {
                parts.add(new Literal(encode(text.substring(at, open), LITERAL_MARKS)));
            }
            parts.add(new Variable(text.substring(open + 1, close)));
            at = close + 1;
        }
        return List.copyOf(parts);
    }

    @Override
    public String toString() {
        return text;
    }

    /** A template names a variable for which the task has no value. */
    public static final class MissingVariable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String variable;

        MissingVariable(String variable) {
            super("No value for {" + variable + "}");
            this.variable = variable;
        }

        /** The variable's name. */
        public String variable() {
            return variable;
        }
    }
}
