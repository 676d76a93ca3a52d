package io.dsrbroker.audit;

import io.dsrbroker.job.Acted;
import io.dsrbroker.job.Outcomes;
import io.dsrbroker.shared.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Checks that every ending of a job has its receipt, and that the job is still what it ended as. */
@Component
class EndingCheck {

    private final Outcomes outcomes;
    private final SigningKeys keys;
    private final JdbcClient jdbc;

    EndingCheck(Outcomes outcomes, SigningKeys keys, JdbcClient jdbc) {
        this.outcomes = outcomes;
        this.keys = keys;
        this.jdbc = jdbc;
    }

    private record Row(String kid, String jws) {}

    /** The receipt that must have been signed when this entry was written, if the job ended by it. */
    void checkReceipt(JobId job, AuditEntry entry, List<AuditEntry> approvals, Findings findings) {
        if (!ends(entry)) {
            return;
        }
        Optional<Row> receipt = jdbc.sql("select kid, jws from receipt where job_id = :job and audit_seq = :seq")
                .param("job", job.value())
                .param("seq", entry.seq())
                .query(Row.class)
                .optional();
        receipt.ifPresentOrElse(
                row -> check(job, entry, approvals, row)
                        .forEach(what -> findings.in(job, entry.seq(), "receipt: " + what)),
                () -> findings.in(job, entry.seq(), "the receipt of this ending is missing"));
    }

    static boolean ends(AuditEntry entry) {
        return entry.action().equals(Acted.STAGE_CHANGED) && entry.detail().containsKey(Acted.OUTCOMES_HASH);
    }

    private List<String> check(JobId job, AuditEntry entry, List<AuditEntry> approvals, Row row) {
        try {
            Jws jws = Jws.verified(row.jws(), Receipts.TYP, keys.current());
            if (!jws.kid().equals(row.kid())) {
                return List.of("its row names another key");
            }
            if (!job.toString().equals(jws.claims().get("sub"))) {
                return List.of("it is another request's");
            }
            if (!new ReceiptHead(jws.claims()).isWrittenWith(entry)) {
                return List.of("it was not signed for this entry");
            }
            List<String> problems = new ArrayList<>(ReceiptCheck.problems(jws.claims()));
            if (!Approved.of(jws.claims()).equals(Approved.in(approvals))) {
                problems.add("its approvals are not those that the audit trail tells of");
            }
            return problems;
        } catch (InvalidJws e) {
            return List.of(e.why());
        }
    }

    /** Receipts for entries that tell of no ending. */
    void findStrayReceipts(JobId job, Findings findings) {
        jdbc.sql("""
                        select r.audit_seq from receipt r
                        join audit_entry e on e.job_id = r.job_id and e.seq = r.audit_seq
                        where r.job_id = :job and not (e.action = :action and jsonb_exists(e.detail, :hash))
                        """)
                .param("job", job.value())
                .param("action", Acted.STAGE_CHANGED)
                .param("hash", Acted.OUTCOMES_HASH)
                .query((row, number) -> row.getLong("audit_seq"))
                .list()
                .forEach(seq -> findings.in(job, seq, "a receipt was signed for an entry that is no ending"));
    }

    /** Whether the job stands where its chain says, and, once ended, came to what its last entry says. */
    void checkJob(JobId job, AuditEntry lastStage, Findings findings) {
        Optional<String> stage = jdbc.sql("select stage from job where id = :job")
                .param("job", job.value())
                .query(String.class)
                .optional();
        if (stage.isPresent() && !stage.get().equals(lastStage.detail().get("to"))) {
            findings.in(job, lastStage.seq(), "the request is in another stage than its audit trail says");
        }
        if (ends(lastStage)) {
            Outcomes.Sum now = outcomes.sum(job);
            if (!now.hash().equals(lastStage.detail().get(Acted.OUTCOMES_HASH))) {
                findings.in(job, lastStage.seq(), "what the request's tasks came to was changed after it had ended");
            }
        }
    }
}
