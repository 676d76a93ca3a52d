package io.dsrbroker.audit;

import io.dsrbroker.shared.JobId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks everything that the broker ever wrote down about what it did: every chain, every checkpoint, every receipt, and
 * that what ended jobs came to is still what they came to.
 */
@Service
public class AuditVerification {

    private final JdbcClient jdbc;
    private final ChainCheck chains;
    private final CheckpointCheck checkpoints;
    private final CheckpointGuard guard;
    private final AuditMetrics metrics;
    private final TransactionTemplate snapshot;

    AuditVerification(
            JdbcClient jdbc,
            ChainCheck chains,
            CheckpointCheck checkpoints,
            CheckpointGuard guard,
            AuditMetrics metrics,
            PlatformTransactionManager transactionManager) {
        this.jdbc = jdbc;
        this.chains = chains;
        this.checkpoints = checkpoints;
        this.guard = guard;
        this.metrics = metrics;
        this.snapshot = new TransactionTemplate(transactionManager);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /**
     * What was checked and found.
     *
     * @param intact whether nothing was found
     * @param findings the first 1000
     */
    public record Report(
            boolean intact, long chains, long entries, long checkpoints, long findingCount, List<Finding> findings) {}

    /**
     * Checks all of it, one chain at a time; takes as long as reading it all does.
     *
     * @param kept a checkpoint that must be there, since somebody kept it
     */
    public Report verify(Optional<CheckpointMark> kept) {
        Findings findings = new Findings();
        guard.check(findings, kept);
        long signed = checkpoints.check(findings, snapshot);
        long counted = 0;
        long entries = 0;
        Optional<UUID> chain = first();
        while (chain.isPresent()) {
            JobId id = new JobId(chain.get());
            Long checked = snapshot.execute(status -> chains.check(id, findings));
            counted++;
            entries += checked;
            chain = next(id.value());
        }
        findWhatHasNoChain(findings);
        if (kept.isEmpty()) {
            // A checkpoint that somebody asks for wrongly says nothing about the trail.
            metrics.verified(findings.count() == 0);
        }
        return new Report(findings.count() == 0, counted, entries, signed, findings.count(), findings.first());
    }

    /** Checks one chain, and what its job came to. */
    public Report verify(JobId chain) {
        Findings findings = new Findings();
        Long entries = snapshot.execute(status -> chains.check(chain, findings));
        return new Report(findings.count() == 0, 1, entries, 0, findings.count(), findings.first());
    }

    private Optional<UUID> first() {
        return jdbc.sql("select job_id from audit_entry order by job_id limit 1")
                .query(UUID.class)
                .optional();
    }

    private Optional<UUID> next(UUID before) {
        return jdbc.sql("select job_id from audit_entry where job_id > :before order by job_id limit 1")
                .param("before", before)
                .query(UUID.class)
                .optional();
    }

    private void findWhatHasNoChain(Findings findings) {
        jdbc.sql("""
                select id, 'the request has no audit trail' as what from job j
                where not exists (select from audit_entry e where e.job_id = j.id)
                union all
                select job_id, 'a receipt was signed for an entry that is missing' from receipt r
                where not exists (select from audit_entry e where e.job_id = r.job_id and e.seq = r.audit_seq)
                order by 1 limit :most
                """)
                .param("most", Findings.MOST)
                .query((row, number) -> new Finding(row.getObject("id", UUID.class), null, row.getString("what")))
                .list()
                .forEach(found -> findings.in(
                        new JobId(java.util.Objects.requireNonNull(found.requestId())), null, found.what()));
    }
}
