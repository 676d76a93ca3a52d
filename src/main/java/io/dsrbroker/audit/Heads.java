package io.dsrbroker.audit;

import io.dsrbroker.shared.CanonicalJson;
import io.dsrbroker.shared.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/** Adds up the heads of a checkpoint, which come in the order of their chains. */
final class Heads {

    private final MessageDigest digest = Digests.sha256();
    private long newChains;
    private long newEntries;

    /** The newest entry of a chain; {@code before} is the seq of the one in the checkpoint before, 0 in its first. */
    void add(String chain, long seq, String hash, long before) {
        digest.update((CanonicalJson.of(Map.of("chain", chain, "seq", seq, "hash", hash)) + "\n")
                .getBytes(StandardCharsets.UTF_8));
        newChains += before == 0 ? 1 : 0;
        newEntries += seq - before;
    }

    long newChains() {
        return newChains;
    }

    long newEntries() {
        return newEntries;
    }

    /** Their digest; once. */
    String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
