package io.dsrbroker.shared;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as RFC 8785 wants it, so that the same values always give the same bytes.
 *
 * <p>Of numbers it takes only integers that a double holds exactly; others may read back differently.
 */
public final class CanonicalJson {

    private static final BigInteger MOST = BigInteger.valueOf((1L << 53) - 1);

    private final StringBuilder out = new StringBuilder();

    private CanonicalJson() {}

    /** The canonical form of texts, integers, flags, nulls, and lists and maps of these. */
    public static String of(@Nullable Object value) {
        CanonicalJson json = new CanonicalJson();
        json.value(value);
        return json.out.toString();
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case String text -> text(text);
            case Boolean flag -> out.append(flag);
            case Integer number -> out.append(number);
            case Long number -> integer(BigInteger.valueOf(number));
            case BigInteger number -> integer(number);
            case Map<?, ?> map -> object(map);
            case List<?> list -> array(list);
            default ->
                throw new IllegalArgumentException(
                        "No canonical form of a " + value.getClass().getName());
        }
    }

    private void integer(BigInteger number) {
        if (number.abs().compareTo(MOST) > 0) {
            throw new IllegalArgumentException("No canonical form of an integer beyond 2^53 - 1");
        }
        out.append(number);
    }

    /** Its names in the order of their UTF-16 code units, which is how Java compares strings. */
    private void object(Map<?, ?> map) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((name, value) -> sorted.put((String) name, value));
        out.append('{');
        String separator = "";
        for (Map.Entry<String, @Nullable Object> member : sorted.entrySet()) {
            out.append(separator);
            text(member.getKey());
            out.append(':');
            value(member.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private void array(List<?> list) {
        out.append('[');
        String separator = "";
        for (Object element : list) {
            out.append(separator);
            value(element);
            separator = ",";
        }
        out.append(']');
    }

    private void text(String text) {
        out.append('"');
        text.codePoints().forEach(this::character);
        out.append('"');
    }

    private void character(int point) {
        switch (point) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (point < 0x20) {
                    out.append("\\u00").append(point < 0x10 ? "0" : "1").append(Character.forDigit(point & 0xF, 16));
                } else if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                    throw new IllegalArgumentException("No canonical form of half a surrogate pair");
                } else {
                    out.appendCodePoint(point);
                }
            }
        }
    }
}
