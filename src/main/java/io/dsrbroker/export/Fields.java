package io.dsrbroker.export;

import io.dsrbroker.catalogue.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a document says, as names and values that people can read; of a long document its beginning.
 *
 * @param title what its author called the thing; null where it says no such name
 * @param cut whether it says more
 */
record Fields(@Nullable String title, List<Field> list, boolean cut) {

    /** A thing without a document. */
    static final Fields NONE = new Fields(null, List.of(), false);

    /** So much of a document is read for its fields. */
    static final int BEGINNING = 64 * 1024;

    private static final int MOST = 300;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_VALUE = 2000;
    private static final List<String> TITLES = List.of("displayname", "title", "name");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*");
    private static final Pattern WORDS = Pattern.compile("_|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    private static final Map<String, String> ABBREVIATIONS = Map.of(
            "id", "ID", "ids", "IDs", "utc", "UTC", "uri", "URI", "url", "URL", "arm", "ARM", "sas", "SAS", "api",
            "API");
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * A line of the document.
     *
     * @param sort how its value is to be read
     */
    record Field(String name, String value, Sort sort) {}

    /** What a value is. */
    enum Sort {
        /** Text or a number, as it stands in the document. */
        AS_IT_IS,
        /** Our words for what the document says without words. */
        OUR_WORDS,
        /** Taken out before it was kept. */
        BLACKED_OUT
    }

    /** Reads a document, or its beginning; what is no JSON has no fields. */
    static Fields of(byte[] document) {
        Reading reading = new Reading();
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), document)) {
            in.nextToken();
            reading.value(in, "", 0);
        } catch (JacksonException e) {
            reading.cut = true;
        }
        return new Fields(reading.title, reading.list, reading.cut);
    }

    /** How much there is to search. */
    long length() {
        return list.stream().mapToLong(field -> field.value().length()).sum();
    }

    /** A programmer's name in words: {@code startTimeUtc} and {@code start_time_utc} are "Start time UTC". Other names stay as they are. */
    static String words(String name) {
        if (!IDENTIFIER.matcher(name).matches()) {
            return clipped(name, LONGEST_NAME);
        }
        String words = WORDS.splitAsStream(name)
                .map(word -> ABBREVIATIONS.getOrDefault(word.toLowerCase(Locale.ROOT), lower(word)))
                .collect(Collectors.joining(" "));
        return clipped(Character.toUpperCase(words.charAt(0)) + words.substring(1), LONGEST_NAME);
    }

    private static String lower(String word) {
        boolean shout = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
        return shout ? word : word.toLowerCase(Locale.ROOT);
    }

    /** No more than so many characters. */
    static String clipped(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }

    /** A document on its way through the parser. */
    private static final class Reading {

        private final List<Field> list = new ArrayList<>();
        private @Nullable String title;
        private int rank = TITLES.size();
        private boolean cut;
        private boolean full;

        void value(JsonParser in, String name, int depth) {
            JsonToken token = in.currentToken();
            if (token == JsonToken.START_OBJECT) {
                object(in, name, depth);
            } else if (token == JsonToken.START_ARRAY) {
                array(in, name, depth);
            } else if (token != null) {
                add(scalar(in, name));
            }
        }

        private void object(JsonParser in, String name, int depth) {
            boolean empty = true;
            while (!full && in.nextToken() == JsonToken.PROPERTY_NAME) {
                empty = false;
                String property = in.currentName();
                JsonToken token = in.nextToken();
                if (depth == 0 && token == JsonToken.VALUE_STRING) {
                    consider(property, in.getString());
                }
                value(in, name.isEmpty() ? words(property) : name + " › " + words(property), depth + 1);
            }
            if (empty && !name.isEmpty()) {
                add(new Field(name, "empty", Sort.OUR_WORDS));
            }
        }

        private void consider(String property, String value) {
            int found = TITLES.indexOf(property.toLowerCase(Locale.ROOT));
            if (found >= 0 && found < rank && !value.isBlank() && !value.equals(Redaction.CREDENTIAL)) {
                rank = found;
                title = clipped(value, LONGEST_NAME);
            }
        }

        /** Words and numbers of a list stand in one line; of anything else each has lines of its own. */
        private void array(JsonParser in, String name, int depth) {
            List<String> line = new ArrayList<>();
            int number = 0;
            int length = 0;
            while (!full && in.nextToken() != JsonToken.END_ARRAY) {
                number++;
                if (in.currentToken().isScalarValue()) {
                    if (length <= LONGEST_VALUE) {
                        String value = scalar(in, name).value();
                        line.add(value);
                        length += value.length() + 2;
                    } else {
                        cut = true;
                    }
                } else {
                    value(in, (name.isEmpty() ? "Number" : name) + " " + number, depth + 1);
                }
            }
            if (number == 0) {
                add(new Field(name, "empty", Sort.OUR_WORDS));
            } else if (!line.isEmpty()) {
                add(new Field(name, String.join(", ", line), Sort.AS_IT_IS));
            }
        }

        private static Field scalar(JsonParser in, String name) {
            JsonToken token = in.currentToken();
            if (token == JsonToken.VALUE_NULL) {
                return new Field(name, "not set", Sort.OUR_WORDS);
            }
            if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
                return new Field(name, token == JsonToken.VALUE_TRUE ? "yes" : "no", Sort.OUR_WORDS);
            }
            String value = in.getString();
            if (value.equals(Redaction.CREDENTIAL)) {
                return new Field(name, "blacked out", Sort.BLACKED_OUT);
            }
            return value.isEmpty() ? new Field(name, "empty", Sort.OUR_WORDS) : new Field(name, value, Sort.AS_IT_IS);
        }

        private void add(Field field) {
            if (list.size() >= MOST) {
                full = true;
                cut = true;
                return;
            }
            cut |= field.value().length() > LONGEST_VALUE;
            list.add(new Field(
                    field.name().isEmpty() ? "Value" : clipped(field.name(), 3 * LONGEST_NAME),
                    clipped(field.value(), LONGEST_VALUE),
                    field.sort()));
        }
    }
}
