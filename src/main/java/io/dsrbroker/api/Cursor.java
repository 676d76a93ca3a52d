package io.dsrbroker.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Hides the key after which a list goes on. */
final class Cursor {

    /** Lanes have the longest names of all that lists go by: a thousand characters of up to three bytes. */
    static final int LONGEST = 4000;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Cursor() {}

    static String of(String key) {
        return ENCODER.encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /** The key, if it is one of this form. */
    static String key(String cursor, Check form) {
        try {
            String key = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (form.test().test(key) && of(key).equals(cursor)) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Not made by us, as below.
        }
        throw new InvalidParameter("cursor", "Use the next of an earlier answer.");
    }
}
