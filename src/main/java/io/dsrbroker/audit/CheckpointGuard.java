package io.dsrbroker.audit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Keeps a history that was rewritten in the database from being signed: this process remembers the newest checkpoint that it
 * has seen or signed, and nothing is signed where that is gone.
 */
@Component
class CheckpointGuard implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(CheckpointGuard.class);

    private final CheckpointRows rows;
    private final PendingRows pending;
    private final SigningKeys keys;
    private final AtomicReference<@Nullable CheckpointMark> newest = new AtomicReference<>();

    CheckpointGuard(CheckpointRows rows, PendingRows pending, SigningKeys keys) {
        this.rows = rows;
        this.pending = pending;
        this.keys = keys;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        look();
        CheckpointMark mark = newest.get();
        if (mark != null) {
            // What a process remembers ends with it; whoever keeps the logs can compare.
            log.info("The newest audit checkpoint is {} with the hash {}", mark.seq(), mark.hash());
        }
    }

    /** Remembers a checkpoint that is there for good, unless a newer one is known. */
    void remember(CheckpointMark mark) {
        newest.updateAndGet(known -> known == null || known.seq() < mark.seq() ? mark : known);
    }

    /** Why nothing may be signed on top of what there is; empty where it may. */
    Optional<String> refusal() {
        Optional<String> lost = look();
        if (lost.isPresent()) {
            return lost;
        }
        List<PendingRows.Pending> without = pending.withoutEntry();
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of("entry %d of the chain %s waits for a checkpoint, but is missing (%d such entries)"
                        .formatted(without.getFirst().seq(), without.getFirst().chain(), without.size()));
    }

    /** Finds what was lost, also of what somebody else remembers. */
    void check(Findings findings, Optional<CheckpointMark> kept) {
        CheckpointMark known = newest.get();
        if (known != null) {
            loss(known).ifPresent(what -> findings.inCheckpoint(known.seq(), what + " that this broker has seen"));
        }
        kept.ifPresent(mark ->
                loss(mark).ifPresent(what -> findings.inCheckpoint(mark.seq(), what + " that the caller has kept")));
        look();
        pending.withoutEntry()
                .forEach(
                        row -> findings.in(row.chain(), row.seq(), "the entry waits for a checkpoint, but is missing"));
        overdue()
                .forEach(row -> findings.in(
                        row.chain(),
                        row.seq(),
                        "the entry only waits for a checkpoint, although one was taken after its time"));
    }

    /** What waits although the newest checkpoint must have covered it. */
    List<PendingRows.Pending> overdue() {
        try {
            return rows.newest()
                    .map(row -> pending.overdue(Checkpoint.read(row.jws()).at()))
                    .orElse(List.of());
        } catch (InvalidJws e) {
            return List.of();
        }
    }

    /** Remembers the newest one; answers what is wrong with it, or with the one that was remembered. */
    private Optional<String> look() {
        CheckpointMark known = newest.get();
        Optional<String> lost = known == null
                ? Optional.empty()
                : loss(known)
                        .map(what -> "checkpoint %d: %s that this broker has seen (hash %s)"
                                .formatted(known.seq(), what, known.hash()));
        if (lost.isPresent()) {
            return lost;
        }
        return rows.newest().flatMap(this::accept);
    }

    private Optional<String> accept(CheckpointRows.Row row) {
        try {
            Jws jws = Jws.verified(row.jws(), Checkpoint.TYP, keys.current());
            if (Checkpoint.of(jws, row.jws()).seq() != row.seq()) {
                return Optional.of("checkpoint %d: its row is not as it was signed".formatted(row.seq()));
            }
            remember(row.mark());
            return Optional.empty();
        } catch (InvalidJws e) {
            return Optional.of("checkpoint %d: %s".formatted(row.seq(), e.why()));
        }
    }

    private Optional<String> loss(CheckpointMark mark) {
        List<CheckpointRows.Row> found = rows.after(mark.seq() - 1, 1);
        if (found.isEmpty() || found.getFirst().seq() != mark.seq()) {
            return Optional.of("the one is missing");
        }
        return found.getFirst().mark().equals(mark) ? Optional.empty() : Optional.of("it is not the one");
    }
}
