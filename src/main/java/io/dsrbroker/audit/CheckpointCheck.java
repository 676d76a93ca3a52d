package io.dsrbroker.audit;

import io.dsrbroker.shared.Digests;
import io.dsrbroker.shared.JobId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Checks the checkpoints: their signatures, their own chain, and that every entry they name is still there. */
@Component
class CheckpointCheck {

    private static final int PART = 500;

    private final CheckpointRows rows;
    private final SigningKeys keys;
    private final JdbcClient jdbc;

    CheckpointCheck(CheckpointRows rows, SigningKeys keys, JdbcClient jdbc) {
        this.rows = rows;
        this.keys = keys;
        this.jdbc = jdbc;
    }

    /** What the checkpoints before add up to. */
    private record Sum(long seq, String hash, long chains, long entries) {}

    /** Answers how many there are. */
    long check(Findings findings, TransactionTemplate snapshot) {
        Sum sum = new Sum(0, AuditEntry.NO_HASH, 0, 0);
        long count = 0;
        List<CheckpointRows.Row> part = rows.after(Long.MIN_VALUE, PART);
        while (!part.isEmpty()) {
            List<CheckpointRows.Row> page = part;
            Map<Long, Heads> heads = Objects.requireNonNull(snapshot.execute(status -> heads(page)));
            for (CheckpointRows.Row row : page) {
                sum = check(row, heads.getOrDefault(row.seq(), new Heads()), sum, findings);
                count++;
            }
            part = rows.after(page.getLast().seq(), PART);
        }
        findMissing(findings);
        findStrayHeads(findings);
        return count;
    }

    private Map<Long, Heads> heads(List<CheckpointRows.Row> page) {
        Map<Long, Heads> heads = new HashMap<>();
        rows.heads(
                page.getFirst().seq(),
                page.getLast().seq(),
                (checkpoint, chain, seq, hash, before) ->
                        heads.computeIfAbsent(checkpoint, any -> new Heads()).add(chain, seq, hash, before));
        return heads;
    }

    private Sum check(CheckpointRows.Row row, Heads heads, Sum before, Findings findings) {
        Sum after = new Sum(
                row.seq(),
                Digests.hex(row.jws()),
                before.chains() + heads.newChains(),
                before.entries() + heads.newEntries());
        try {
            Jws jws = Jws.verified(row.jws(), Checkpoint.TYP, keys.current());
            Checkpoint checkpoint = Checkpoint.of(jws, row.jws());
            if (row.seq() != before.seq() + 1) {
                findings.inCheckpoint(row.seq(), "the one before it is missing");
            }
            if (checkpoint.seq() != row.seq() || !jws.kid().equals(row.kid())) {
                findings.inCheckpoint(row.seq(), "its row is not as it was signed");
            }
            if (!checkpoint.previous().equals(before.hash())) {
                findings.inCheckpoint(row.seq(), "it does not follow the one before it");
            }
            if (!checkpoint.heads().equals(heads.hash())
                    || checkpoint.chains() != after.chains()
                    || checkpoint.entries() != after.entries()) {
                findings.inCheckpoint(row.seq(), "its heads are not those that it signed");
            }
        } catch (InvalidJws e) {
            findings.inCheckpoint(row.seq(), e.why());
        }
        return after;
    }

    private void findMissing(Findings findings) {
        jdbc.sql("""
                        select h.chain, h.seq, h.checkpoint, e.seq is null as missing
                        from audit_checkpoint_head h
                        left join audit_entry e on e.job_id = h.chain and e.seq = h.seq
                        where e.hash is distinct from h.hash order by h.checkpoint, h.chain limit :most
                        """).param("most", Findings.MOST).query(row -> {
            findings.in(
                    new JobId(Objects.requireNonNull(row.getObject("chain", UUID.class))),
                    row.getLong("seq"),
                    "the entry that checkpoint %d names %s"
                            .formatted(
                                    row.getLong("checkpoint"),
                                    row.getBoolean("missing") ? "is missing" : "is another"));
        });
    }

    private void findStrayHeads(Findings findings) {
        jdbc.sql("""
                        select distinct h.checkpoint from audit_checkpoint_head h
                        where not exists (select from audit_checkpoint c where c.seq = h.checkpoint)
                        order by h.checkpoint limit :most
                        """)
                .param("most", Findings.MOST)
                .query((row, number) -> row.getLong("checkpoint"))
                .list()
                .forEach(seq -> findings.inCheckpoint(seq, "it is missing, although its heads are there"));
    }
}
