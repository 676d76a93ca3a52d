package io.dsrbroker.audit;

import io.dsrbroker.shared.Digests;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Signs from time to time what all chains have come to, so that cutting their ends off shows. */
@Service
public class Checkpoints {

    private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);

    private final CheckpointRows rows;
    private final SigningKeys keys;
    private final ReceiptProperties properties;
    private final Clock clock;

    Checkpoints(CheckpointRows rows, SigningKeys keys, ReceiptProperties properties, Clock clock) {
        this.rows = rows;
        this.keys = keys;
        this.properties = properties;
        this.clock = clock;
    }

    /** Those behind this number, oldest first. */
    public List<Checkpoint> after(long seq, int limit) {
        return rows.after(seq, limit).stream()
                .map(row -> Checkpoint.read(row.jws()))
                .toList();
    }

    /** Takes one, unless nothing was added to any chain since the last. */
    @Transactional
    public Optional<Checkpoint> take() {
        rows.lock();
        Optional<CheckpointRows.Row> last = rows.newest();
        long seq = last.map(CheckpointRows.Row::seq).orElse(0L) + 1;
        if (rows.takeHeads(seq) == 0) {
            return Optional.empty();
        }
        Heads heads = new Heads();
        rows.heads(seq, seq, (checkpoint, chain, entry, hash, before) -> heads.add(chain, entry, hash, before));
        Optional<Checkpoint> before = last.map(row -> Checkpoint.read(row.jws()));
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        SigningKey key = keys.current().active();
        String jws = Jws.sign(
                key,
                Checkpoint.TYP,
                Checkpoint.claims(
                        properties.issuer(),
                        seq,
                        at,
                        last.map(row -> Digests.hex(row.jws())).orElse(AuditEntry.NO_HASH),
                        before.map(Checkpoint::chains).orElse(0L) + heads.newChains(),
                        before.map(Checkpoint::entries).orElse(0L) + heads.newEntries(),
                        heads.hash()));
        rows.add(seq, key.kid(), jws);
        // Whoever keeps the logs can tell when the whole database was set back.
        log.info("Audit checkpoint {} has the hash {}", seq, Digests.hex(jws));
        return Optional.of(Checkpoint.read(jws));
    }
}
