package io.dsrbroker.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reads members that must be there and of a kind; {@link InvalidJws} names the one that is not. */
record Claims(Map<?, ?> members) {

    String text(String name) {
        if (present(name) instanceof String text) {
            return text;
        }
        throw malformed(name, "text");
    }

    /** One of 64 lower-case hex digits. */
    String hash(String name) {
        String text = text(name);
        if (!text.matches("[0-9a-f]{64}")) {
            throw malformed(name, "SHA-256 in hex");
        }
        return text;
    }

    long number(String name) {
        Object value = present(name);
        if ((value instanceof Integer || value instanceof Long) && ((Number) value).longValue() >= 0) {
            return ((Number) value).longValue();
        }
        throw malformed(name, "count");
    }

    boolean flag(String name) {
        if (present(name) instanceof Boolean flag) {
            return flag;
        }
        throw malformed(name, "flag");
    }

    Instant time(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw malformed(name, "time");
        }
    }

    <E extends Enum<E>> E choice(String name, Class<E> type) {
        try {
            return Enum.valueOf(type, text(name));
        } catch (IllegalArgumentException e) {
            throw malformed(name, type.getSimpleName());
        }
    }

    Claims object(String name) {
        if (present(name) instanceof Map<?, ?> map) {
            return new Claims(map);
        }
        throw malformed(name, "object");
    }

    List<Claims> objects(String name) {
        if (present(name) instanceof List<?> list) {
            return list.stream()
                    .map(each -> {
                        if (each instanceof Map<?, ?> map) {
                            return new Claims(map);
                        }
                        throw malformed(name, "list of objects");
                    })
                    .toList();
        }
        throw malformed(name, "list");
    }

    /** Whether it is there and null. */
    boolean isNull(String name) {
        if (!members.containsKey(name)) {
            throw new InvalidJws("missing claim: " + name);
        }
        return members.get(name) == null;
    }

    private Object present(String name) {
        Object value = members.get(name);
        if (value == null) {
            throw new InvalidJws("missing claim: " + name);
        }
        return value;
    }

    private static InvalidJws malformed(String name, String kind) {
        return new InvalidJws("malformed claim: " + name + " is no " + kind);
    }
}
