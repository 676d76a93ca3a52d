package io.dsrbroker.audit;

import io.dsrbroker.shared.JobId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The receipts: one for every time that a job ended, written in the transaction that ends it. */
@Component
public class Receipts {

    static final String TYP = "dsr-receipt+jwt";

    private final JdbcClient jdbc;
    private final SigningKeys keys;
    private final ReceiptClaims claims;

    Receipts(JdbcClient jdbc, SigningKeys keys, ReceiptClaims claims) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.claims = claims;
    }

    /** Signs the receipt of a job that ends with this entry. */
    void issue(JobId job, AuditEntry ending) {
        SigningKey key = keys.current().active();
        jdbc.sql("insert into receipt (job_id, audit_seq, kid, jws) values (:job, :seq, :kid, :jws)")
                .param("job", job.value())
                .param("seq", ending.seq())
                .param("kid", key.kid())
                .param("jws", Jws.sign(key, TYP, claims.of(job, ending)))
                .update();
    }

    /** The newest receipt of a job, a compact JWS; of an ended job the one of its ending. */
    public Optional<String> newest(JobId job) {
        return jdbc.sql("select jws from receipt where job_id = :job order by audit_seq desc limit 1")
                .param("job", job.value())
                .query(String.class)
                .optional();
    }
}
