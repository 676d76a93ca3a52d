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
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Signs from time to time what all chains have come to, so that cutting their ends off shows. */
@Service
public class Checkpoints {

    private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);

    private final CheckpointRows rows;
    private final SigningKeys keys;
    private final ReceiptProperties properties;
    private final Clock clock;
    private final CheckpointGuard guard;

    Checkpoints(
            CheckpointRows rows, SigningKeys keys, ReceiptProperties properties, Clock clock, CheckpointGuard guard) {
        this.rows = rows;
        this.keys = keys;
        this.properties = properties;
        this.clock = clock;
        this.guard = guard;
    }

    /** Those behind this number, oldest first. */
    public List<Checkpoint> after(long seq, int limit) {
        return rows.after(seq, limit).stream()
                .map(row -> Checkpoint.read(row.jws()))
                .toList();
    }

    /** Takes one, unless nothing was added to any chain since the last, or what there is may not be signed. */
    @Transactional
    public Optional<Checkpoint> take() {
        rows.lock();
        Optional<String> refusal = guard.refusal();
        if (refusal.isPresent()) {
            log.error(
                    "The audit trail is not signed: {}. Work goes on, its entries wait unsigned, and this is tried again"
                            + " every time. Find out who changed the database, and put back what was there; after the"
                            + " database was set back on purpose, restart all brokers",
                    refusal.get());
            return Optional.empty();
        }
        Optional<CheckpointRows.Row> last = rows.newest();
        long seq = last.map(CheckpointRows.Row::seq).orElse(0L) + 1;
        List<PendingRows.Pending> overdue = guard.overdue();
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
        if (!overdue.isEmpty()) {
            log.error(
                    "Audit checkpoint {} covers {} entries that an earlier one must have covered, the first of them {}",
                    seq,
                    overdue.size(),
                    overdue.getFirst());
        }
        rememberOnceCommitted(new CheckpointMark(seq, Digests.hex(jws)));
        return Optional.of(Checkpoint.read(jws));
    }

    private void rememberOnceCommitted(CheckpointMark mark) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                guard.remember(mark);
            }
        });
    }
}
