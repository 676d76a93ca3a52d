package io.dsrbroker.shared;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * Makes UUIDs of version 7 (RFC 9562): time first, so that they sort by age.
 *
 * <p>{@link #derived} fills the random bits with a hash, so that the same thing found twice gets the same id.
 */
public final class Uuids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long LOW_62 = 0x3FFF_FFFF_FFFF_FFFFL;

    private Uuids() {}

    /** A new id for this instant. */
    public static UUID at(Instant instant) {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        return assemble(instant.toEpochMilli(), ByteBuffer.wrap(random));
    }

    /**
     * The id that stands for {@code parts} within {@code origin}: same milliseconds as {@code origin}, then 74 bits of
     * SHA-256 over the origin and every part with its length.
     */
    public static UUID derived(UUID origin, String... parts) {
        MessageDigest digest = Digests.sha256();
        digest.update(ByteBuffer.allocate(16)
                .putLong(origin.getMostSignificantBits())
                .putLong(origin.getLeastSignificantBits())
                .array());
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
            digest.update(bytes);
        }
        return assemble(origin.getMostSignificantBits() >>> 16, ByteBuffer.wrap(digest.digest()));
    }

    private static UUID assemble(long millis, ByteBuffer bits) {
        long high = (millis << 16) | 0x7000L | (bits.getShort() & 0x0FFF);
        long low = (bits.getLong() & LOW_62) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
