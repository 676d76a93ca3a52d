package io.dsrbroker.job;

import io.dsrbroker.shared.Digests;
import java.nio.charset.StandardCharsets;

/**
 * Names that are safe in any file system: outside {@code [A-Za-z0-9._-]} percent-encoded, at most 120 characters, never
 * {@code .} or {@code ..}.
 */
public final class PackagePath {

    private static final int LONGEST = 120;
    private static final int DIGEST = 13;

    private PackagePath() {}

    /** One path segment for a key. */
    public static String segment(String key) {
        return segment(key, "");
    }

    /** One path segment for a key, with a suffix that is kept whole; a long key is cut and told apart by its hash. */
    public static String segment(String key, String suffix) {
        String encoded = encode(key);
        if (encoded.length() + suffix.length() > LONGEST) {
            int room = LONGEST - suffix.length() - DIGEST;
            int escape = encoded.lastIndexOf('%', room - 1);
            int cut = escape > room - 3 && escape >= 0 ? escape : room;
            return encoded.substring(0, cut) + "~" + Digests.hex(key).substring(0, DIGEST - 1) + suffix;
        }
        String segment = encoded + suffix;
        return segment.equals(".") || segment.equals("..") ? segment.replace(".", "%2E") : segment;
    }

    private static String encode(String key) {
        StringBuilder encoded = new StringBuilder(key.length() + 16);
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-')) {
                encoded.append(c);
            } else {
                encoded.append('%').append("%02X".formatted((int) c));
            }
        }
        return encoded.isEmpty() ? "%00" : encoded.toString();
    }
}
