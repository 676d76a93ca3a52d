package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads the fields of one JSON object and remembers everything that is wrong with them.
 *
 * <p>A null counts as a field that is not there. No detail repeats a value, and an unknown field is named only if it
 * looks like a name.
 */
final class Fields {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,39}");
    private static final Pattern TIME = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})");
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private final JsonNode object;
    private final String pointer;
    private final List<FieldError> errors;
    private final Set<String> known = new HashSet<>();

    private Fields(JsonNode object, String pointer, List<FieldError> errors) {
        this.object = object;
        this.pointer = pointer;
        this.errors = errors;
        if (!object.isObject()) {
            errors.add(new FieldError(pointer, "Must be an object."));
        }
    }

    static Fields of(Body body, List<FieldError> errors) {
        return new Fields(body.json(), "", errors);
    }

    /** Whether a value is given, right or wrong. */
    boolean has(String name) {
        JsonNode value = object.get(name);
        return value != null && !value.isNull();
    }

    /** Says what is wrong with a field. */
    void refuse(String name, String detail) {
        errors.add(new FieldError(pointer + "/" + name, detail));
    }

    /** Says what is wrong with the object itself, if it is one. */
    void refuse(String detail) {
        if (object.isObject()) {
            errors.add(new FieldError(pointer, detail));
        }
    }

    /** Insists on fields. */
    void require(String... names) {
        for (String name : names) {
            if (object.isObject() && !has(name)) {
                refuse(name, "Is required.");
            }
        }
    }

    Optional<String> text(String name, Check check) {
        Optional<JsonNode> node = node(name);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!node.get().isString()) {
            refuse(name, "Must be a string.");
            return Optional.empty();
        }
        String text = node.get().stringValue();
        if (!Check.isText(text)) {
            refuse(name, "Must not contain null characters or unpaired surrogates.");
            return Optional.empty();
        }
        if (!check.test().test(text)) {
            refuse(name, check.detail());
            return Optional.empty();
        }
        return Optional.of(text);
    }

    Optional<Boolean> flag(String name) {
        Optional<JsonNode> node = node(name);
        if (node.isPresent() && !node.get().isBoolean()) {
            refuse(name, "Must be true or false.");
            return Optional.empty();
        }
        return node.map(JsonNode::booleanValue);
    }

    /** An integer in these bounds. */
    Optional<Integer> number(String name, int least, int most) {
        Optional<JsonNode> node = node(name);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (node.get().isIntegralNumber() && node.get().canConvertToInt()) {
            int number = node.get().intValue();
            if (number >= least && number <= most) {
                return Optional.of(number);
            }
        }
        refuse(name, "Must be an integer from " + least + " to " + most + ".");
        return Optional.empty();
    }

    <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        return choice(name, type, Enum::name);
    }

    /** A choice among constants that have words of their own. */
    <E extends Enum<E>> Optional<E> choice(String name, Class<E> type, Function<E, String> words) {
        List<E> choices = Arrays.asList(type.getEnumConstants());
        Optional<String> text = text(name, Check.ANY);
        Optional<E> choice = text.flatMap(word ->
                choices.stream().filter(each -> words.apply(each).equals(word)).findFirst());
        if (text.isPresent() && choice.isEmpty()) {
            refuse(
                    name,
                    "Must be one of "
                            + String.join(", ", choices.stream().map(words).toList()) + ".");
        }
        return choice;
    }

    /** A point in time that has come. */
    Optional<Instant> past(String name, Instant now) {
        Optional<String> text = text(
                name,
                new Check(TIME.asMatchPredicate(), "Must be a time as in RFC 3339, such as 2026-11-02T09:15:00Z."));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Instant instant = OffsetDateTime.parse(text.get()).toInstant().truncatedTo(ChronoUnit.MICROS);
            if (instant.isAfter(now)) {
                refuse(name, "Must not be in the future.");
            } else if (instant.isBefore(EARLIEST)) {
                refuse(name, "Must not be before the year 2000.");
            }
            return Optional.of(instant);
        } catch (DateTimeException e) {
            refuse(name, "There is no such time.");
            return Optional.empty();
        }
    }

    Optional<Fields> object(String name) {
        return node(name).map(node -> new Fields(node, pointer + "/" + name, errors));
    }

    /** An array of objects; empty where it is not given or no array. */
    Optional<List<Fields>> objects(String name) {
        return array(name).map(nodes -> {
            List<Fields> all = new ArrayList<>();
            for (int index = 0; index < nodes.size(); index++) {
                all.add(new Fields(nodes.get(index), pointer + "/" + name + "/" + index, errors));
            }
            return all;
        });
    }

    /** An array of texts; empty where it is not given or no array. */
    Optional<List<String>> texts(String name, Check check) {
        return array(name).map(nodes -> {
            List<String> all = new ArrayList<>();
            for (int index = 0; index < nodes.size(); index++) {
                JsonNode node = nodes.get(index);
                if (node.isString() && check.test().test(node.stringValue())) {
                    all.add(node.stringValue());
                } else {
                    refuse(name + "/" + index, check.detail());
                }
            }
            return all;
        });
    }

    private Optional<JsonNode> array(String name) {
        Optional<JsonNode> node = node(name);
        if (node.isPresent() && !node.get().isArray()) {
            refuse(name, "Must be an array.");
            return Optional.empty();
        }
        return node;
    }

    /** Refuses every field that nobody asked for. */
    void nothingElse() {
        object.propertyNames().stream().filter(name -> !known.contains(name)).forEach(name -> {
            if (NAME.matcher(name).matches()) {
                refuse(name, "Is not a known field.");
            } else {
                refuse("Has a field that is not known.");
            }
        });
    }

    private Optional<JsonNode> node(String name) {
        known.add(name);
        return has(name) ? Optional.of(object.get(name)) : Optional.empty();
    }
}
