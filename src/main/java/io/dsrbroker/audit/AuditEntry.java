package io.dsrbroker.audit;

import io.dsrbroker.job.Caller;
import io.dsrbroker.shared.CanonicalJson;
import io.dsrbroker.shared.Digests;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One link of a chain.
 *
 * @param seq from 1 within its chain, without gaps
 * @param at to the microsecond
 * @param actor who did it, or {@link Caller#SYSTEM}
 * @param previousHash the hash of the entry before; 64 zeros in the first
 * @param hash SHA-256 over the RFC 8785 form of everything above, as the API answers it; 64 hex digits
 */
public record AuditEntry(
        long seq,
        Instant at,
        Caller actor,
        String action,
        Map<String, Object> detail,
        String previousHash,
        String hash) {

    static final String NO_HASH = "0".repeat(64);

    /** The first entry of a chain, or with {@code last} the one behind it. */
    static AuditEntry behind(
            @Nullable AuditEntry last, Instant at, Caller actor, String action, Map<String, Object> detail) {
        AuditEntry open = new AuditEntry(
                last == null ? 1 : last.seq() + 1, at, actor, action, detail, last == null ? NO_HASH : last.hash(), "");
        return new AuditEntry(
                open.seq(), at, actor, action, detail, open.previousHash(), Digests.hex(open.canonical()));
    }

    /** What shows that it is not as it was written behind {@code last}; empty where it is. */
    Optional<String> breakBehind(@Nullable AuditEntry last) {
        if (!isIntact()) {
            return Optional.of("the entry was changed: it is not what its hash was made of");
        }
        if (seq != (last == null ? 1 : last.seq() + 1)) {
            return Optional.of("the entry before it is missing");
        }
        if (!previousHash.equals(last == null ? NO_HASH : last.hash())) {
            return Optional.of("the entry before it is not the one it was written behind");
        }
        return Optional.empty();
    }

    private boolean isIntact() {
        try {
            return hash.equals(Digests.hex(canonical()));
        } catch (IllegalArgumentException e) {
            // What has no canonical form was never written here.
            return false;
        }
    }

    private String canonical() {
        Map<String, @Nullable Object> who = new HashMap<>();
        who.put("sub", actor.sub());
        who.put("client", actor.client());
        return CanonicalJson.of(Map.of(
                "seq",
                seq,
                "at",
                at.toString(),
                "actor",
                who,
                "action",
                action,
                "detail",
                detail,
                "previousHash",
                previousHash));
    }
}
