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
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The chains, for those who read and check them. */
@Component
public class AuditEntries {

    private static final TypeReference<Map<String, Object>> DETAIL = new TypeReference<>() {};
    private static final int PART = 1000;

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

    /**
     * The first entry of a job that is not as it was written or not behind the one before it; empty where the chain
     * holds. That its last entries are missing only somebody can tell who knows a later hash.
     */
    @Transactional(readOnly = true)
    public OptionalLong verify(JobId job) {
        AuditEntry last = null;
        List<AuditEntry> part = after(job, Long.MIN_VALUE, PART);
        while (!part.isEmpty()) {
            for (AuditEntry entry : part) {
                if (!entry.continues(last)) {
                    return OptionalLong.of(entry.seq());
                }
                last = entry;
            }
            part = after(job, part.getLast().seq(), PART);
        }
        return OptionalLong.empty();
    }

    void add(JobId job, AuditEntry entry) {
        jdbc.sql("""
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
