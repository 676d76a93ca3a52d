package io.dsrbroker.simulator;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a control call; each is taken out once, and what is left in the end was not asked for. */
final class ControlBody {

    private final ObjectNode left;
    private final String path;

    ControlBody(ObjectNode body) {
        this(body, "");
    }

    private ControlBody(ObjectNode body, String path) {
        this.left = body.deepCopy();
        this.path = path;
    }

    /** A field is missing, unknown, or has no good value; the message names it. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    /** The name of a constant over the wire: {@code THROTTLED_DATE} is {@code throttled-date}. */
    static String wire(Enum<?> constant) {
        return Ids.lower(constant.name()).replace('_', '-');
    }

    static <E extends Enum<E>> E known(Class<E> type, String field, String value) {
        var known = new TreeSet<String>();
        for (var constant : type.getEnumConstants()) {
            if (wire(constant).equals(value)) {
                return constant;
            }
            known.add(wire(constant));
        }
        throw new Refused("'" + value + "' is no " + field + "; known are " + known);
    }

    List<String> names() {
        return List.copyOf(left.propertyNames());
    }

    boolean has(String field) {
        return left.has(field);
    }

    private Refused bad(String field, String wanted) {
        return new Refused("field '" + path + field + "' must be " + wanted);
    }

    private <T> T take(String field, String wanted, @Nullable T otherwise, Function<JsonNode, @Nullable T> read) {
        var node = left.remove(field);
        if (node == null && otherwise != null) {
            return otherwise;
        }
        try {
            var value = node == null ? null : read.apply(node);
            if (value != null) {
                return value;
            }
        } catch (DateTimeException e) {
            throw (Refused) bad(field, wanted).initCause(e);
        }
        throw bad(field, wanted);
    }

    /** Without a default the field has to be there; so with all of these. */
    String text(String field, @Nullable String otherwise) {
        return take(field, "a string", otherwise, node -> node.isString() ? node.stringValue() : null);
    }

    double number(String field, @Nullable Double otherwise) {
        return take(field, "a number", otherwise, node -> node.isNumber() ? node.doubleValue() : null);
    }

    int integer(String field, @Nullable Integer otherwise) {
        return take(field, "an integer", otherwise, node -> node.isInt() ? node.intValue() : null);
    }

    boolean flag(String field, @Nullable Boolean otherwise) {
        return take(field, "true or false", otherwise, node -> node.isBoolean() ? node.booleanValue() : null);
    }

    Duration duration(String field, @Nullable Duration otherwise) {
        return take(
                field,
                "a duration such as PT1.5S",
                otherwise,
                node -> node.isString() ? Duration.parse(node.stringValue()) : null);
    }

    Instant instant(String field, @Nullable Instant otherwise) {
        return take(
                field,
                "an instant such as 2026-11-02T12:00:00Z",
                otherwise,
                node -> node.isString() ? Instant.parse(node.stringValue()) : null);
    }

    <E extends Enum<E>> E constant(Class<E> type, String field, @Nullable E otherwise) {
        return take(
                field, "a string", otherwise, node -> node.isString() ? known(type, field, node.stringValue()) : null);
    }

    List<String> texts(String field, @Nullable List<String> otherwise) {
        return take(field, "a list of strings", otherwise, node -> {
            var values = new ArrayList<String>();
            node.forEach(each -> values.add(each.isString() ? each.stringValue() : ""));
            return node.isArray() && !values.contains("") ? values : null;
        });
    }

    List<Integer> integers(String field) {
        return take(field, "a list of integers", List.of(), node -> {
            var values = new ArrayList<Integer>();
            node.forEach(each -> values.add(each.isInt() ? each.intValue() : Integer.MIN_VALUE));
            return node.isArray() && !values.contains(Integer.MIN_VALUE) ? values : null;
        });
    }

    /** The fields of an object inside; none when it is not there. */
    ControlBody object(String field) {
        return take(
                field,
                "an object",
                new ControlBody(Json.object()),
                node -> node instanceof ObjectNode object
                        ? new ControlBody(object, String.format(Locale.ROOT, "%s%s.", path, field))
                        : null);
    }

    /** Refuses what nobody asked for. */
    void done() {
        if (!left.isEmpty()) {
            throw new Refused(
                    "unknown field '" + path + left.propertyNames().iterator().next() + "'");
        }
    }
}
