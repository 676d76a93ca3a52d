package io.dsrbroker.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/** Identifiers and times that come out the same in every run. */
final class Ids {

    private static final Instant EPOCH = Instant.parse("2018-05-07T14:30:25Z");

    private Ids() {}

    static String uuid(String... parts) {
        return UUID.nameUUIDFromBytes(String.join("/", parts).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    static String sha256(String text) {
        return HexFormat.of().withUpperCase().formatHex(digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** "East US 2" as it stands in host names: {@code eastus2}. */
    static String squeezed(String location) {
        return lower(location.replace(" ", ""));
    }

    /** Seven fraction digits and an offset, as run history and the Gallery write times. */
    static String offsetTime(int minutes) {
        return stamp(minutes) + "+00:00";
    }

    /** Seven fraction digits and a Z, as the resource providers write times. */
    static String zuluTime(int minutes) {
        return stamp(minutes) + "Z";
    }

    private static String stamp(int minutes) {
        var second = EPOCH.plusSeconds(60L * minutes).toString();
        return second.substring(0, second.length() - 1) + ".9305671";
    }
}
