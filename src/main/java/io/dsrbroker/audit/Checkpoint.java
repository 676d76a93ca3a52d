package io.dsrbroker.audit;

import java.time.Instant;
import java.util.Map;

/**
 * What all chains had come to at a time.
 *
 * @param seq from 1, without gaps
 * @param previous SHA-256 of the {@code jws} of the one before; 64 zeros in the first
 * @param chains how many chains there were
 * @param entries how many entries they had
 * @param heads SHA-256 over one line of RFC 8785 JSON for each chain that had grown since the one before, in the order of
 *     their ids: chain, hash, seq; each line ends with a line feed
 * @param kid the key that signed it
 * @param jws all this, signed
 */
public record Checkpoint(
        long seq, Instant at, String previous, long chains, long entries, String heads, String kid, String jws) {

    static final String TYP = "dsr-checkpoint+jwt";

    static Map<String, Object> claims(
            String issuer, long seq, Instant at, String previous, long chains, long entries, String heads) {
        return Map.of(
                "iss",
                issuer,
                "iat",
                at.getEpochSecond(),
                "seq",
                seq,
                "at",
                at.toString(),
                "previous",
                previous,
                "chains",
                chains,
                "entries",
                entries,
                "heads",
                heads);
    }

    /** Reads a signed one without believing it. {@link InvalidJws} where it says no such things. */
    static Checkpoint read(String jws) {
        return of(Jws.read(jws), jws);
    }

    static Checkpoint of(Jws read, String jws) {
        Claims claims = new Claims(read.claims());
        return new Checkpoint(
                claims.number("seq"),
                claims.time("at"),
                claims.text("previous"),
                claims.number("chains"),
                claims.number("entries"),
                claims.text("heads"),
                read.kid(),
                jws);
    }
}
