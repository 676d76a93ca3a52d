package io.dsrbroker.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Percent-decoding of raw paths and queries, done here because {@code URI.getPath()} can not tell a slash from {@code %2F}. */
final class Paths {

    /** The text is not well-formed percent-encoded UTF-8. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private Paths() {}

    /** The decoded segments after the leading slash. */
    static List<String> segments(String rawPath) {
        var segments = new ArrayList<String>();
        int start = 1;
        while (start <= rawPath.length()) {
            int slash = rawPath.indexOf('/', start);
            int end = slash < 0 ? rawPath.length() : slash;
            segments.add(decode(rawPath.substring(start, end), false));
            start = end + 1;
        }
        return Collections.unmodifiableList(segments);
    }

    /** The decoded parameters; their names compare without case, the first of a name wins. */
    static Map<String, String> query(String rawQuery) {
        var parameters = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var pair : pairs(rawQuery)) {
            int equals = pair.indexOf('=');
            var name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
            parameters.putIfAbsent(name, equals < 0 ? "" : decode(pair.substring(equals + 1), true));
        }
        return Collections.unmodifiableMap(parameters);
    }

    /** The raw pairs between the ampersands. */
    static List<String> pairs(String rawQuery) {
        var pairs = new ArrayList<String>();
        int start = 0;
        while (start < rawQuery.length()) {
            int ampersand = rawQuery.indexOf('&', start);
            int end = ampersand < 0 ? rawQuery.length() : ampersand;
            if (end > start) {
                pairs.add(rawQuery.substring(start, end));
            }
            start = end + 1;
        }
        return pairs;
    }

    static String decode(String raw, boolean plusIsSpace) {
        var bytes = ByteBuffer.allocate(raw.length() * 3);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.put((byte) ((hex(raw, i + 1) << 4) + hex(raw, i + 2)));
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                bytes.put((byte) ' ');
            } else if (c < 0x80) {
                bytes.put((byte) c);
            } else {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new Malformed();
        }
    }

    private static int hex(String raw, int at) {
        int digit = at < raw.length() ? Character.digit(raw.charAt(at), 16) : -1;
        if (digit < 0) {
            throw new Malformed();
        }
        return digit;
    }

    /** Everything but unreserved characters encoded. */
    static String encode(String text) {
        var encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)));
                encoded.append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
            }
        }
        return encoded.toString();
    }

    /** A path whose slashes separate segments and stay. */
    static String encodePath(String path) {
        return encode(path).replace("%2F", "/");
    }
}
