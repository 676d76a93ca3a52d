package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who has agreed to which plan of a job, for those who account for it. */
@Component
public class Consents {

    private final JdbcClient jdbc;

    Consents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An approval.
     *
     * @param excluded how many resources it left out
     * @param voidSince since when it allows nothing more; null while it holds
     */
    public record Consent(
            Caller by,
            String planHash,
            Instant at,
            int excluded,
            @Nullable Instant voidSince) {}

    /** The hash of the plan that was last proposed; empty where none was. */
    public Optional<String> planHash(JobId job) {
        return jdbc.sql("select hash from plan where job_id = :job")
                .param("job", job.value())
                .query(Rows.TEXT)
                .optional();
    }

    /** All approvals of a job, oldest first. */
    public List<Consent> of(JobId job) {
        return jdbc.sql("""
                        select sub, client, plan_hash, at, jsonb_array_length(excluded) as left_out, void_since
                        from approval where job_id = :job order by seq
                        """)
                .param("job", job.value())
                .query((row, number) -> {
                    OffsetDateTime end = row.getObject("void_since", OffsetDateTime.class);
                    String client = row.getString("client");
                    return new Consent(
                            new Caller(row.getString("sub"), client),
                            row.getString("plan_hash"),
                            row.getObject("at", OffsetDateTime.class).toInstant(),
                            row.getInt("left_out"),
                            end == null ? null : end.toInstant());
                })
                .list();
    }
}
