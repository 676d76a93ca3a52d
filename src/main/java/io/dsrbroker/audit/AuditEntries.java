package io.dsrbroker.audit;

import io.dsrbroker.job.Caller;
import io.dsrbroker.shared.CanonicalJson;
import io.dsrbroker.shared.JobId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The chains, for those who read and check them; one per job, and one of the broker itself. */
@Component
public class AuditEntries {

    private static final TypeReference<Map<String, Object>> DETAIL = new TypeReference<>() {};
    /** The chain of what belongs to no job. */
    public static final JobId BROKER = new JobId(new UUID(0, 0));

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AuditEntries(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The entries of a job behind this number, oldest first. */
    public List<AuditEntry> after(JobId job, long seq, int limit) {
        return jdbc.sql("""
                        select seq, at, sub, client, action, detail, previous_hash, hash
                        from audit_entry where job_id = :job and seq > :seq order by seq limit :limit
                        """)
                .param("job", job.value())
                .param("seq", seq)
                .param("limit", limit)
                .query((row, number) -> entry(row))
                .list();
    }

    /** The newest entry of a job, whose hash vouches for all before it. */
    public Optional<AuditEntry> newest(JobId job) {
        return jdbc.sql("""
                        select seq, at, sub, client, action, detail, previous_hash, hash
                        from audit_entry where job_id = :job order by seq desc limit 1
                        """)
                .param("job", job.value())
                .query((row, number) -> entry(row))
                .optional();
    }

    /** The newest entry of this action in a chain. */
    Optional<AuditEntry> newest(JobId job, String action) {
        return jdbc.sql("""
                        select seq, at, sub, client, action, detail, previous_hash, hash
                        from audit_entry where job_id = :job and action = :action order by seq desc limit 1
                        """)
                .param("job", job.value())
                .param("action", action)
                .query((row, number) -> entry(row))
                .optional();
    }

    /** Until the transaction ends nobody else adds to the chain of what belongs to no job. */
    void lockBrokersChain() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('dsr-broker audit'))")
                .query((row, number) -> number)
                .list();
    }

    void add(JobId job, AuditEntry entry) {
        jdbc.sql("""
                with pending as (insert into audit_pending (chain, seq) values (:job, :seq))
                insert into audit_entry (job_id, seq, at, sub, client, action, detail, previous_hash, hash)
                values (:job, :seq, :at, :sub, :client, :action, cast(:detail as jsonb), :previous, :hash)
                """)
                .param("job", job.value())
                .param("seq", entry.seq())
                .param("at", entry.at().atOffset(ZoneOffset.UTC))
                .param("sub", entry.actor().sub())
                .param("client", entry.actor().client())
                .param("action", entry.action())
                .param("detail", CanonicalJson.of(entry.detail()))
                .param("previous", entry.previousHash())
                .param("hash", entry.hash())
                .update();
    }

    private AuditEntry entry(ResultSet row) throws SQLException {
        @Nullable String client = row.getString("client");
        return new AuditEntry(
                row.getLong("seq"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new Caller(row.getString("sub"), client),
                row.getString("action"),
                json.readValue(row.getString("detail"), DETAIL),
                row.getString("previous_hash"),
                row.getString("hash"));
    }
}
