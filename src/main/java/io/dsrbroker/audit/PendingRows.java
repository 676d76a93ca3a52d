package io.dsrbroker.audit;

import io.dsrbroker.shared.JobId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What waits for a checkpoint, where it should not. */
@Component
class PendingRows {

    /** Longer than a transaction takes from the time of its entry to its commit, with clocks that differ. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final AuditProperties properties;
    private final Clock clock;

    PendingRows(JdbcClient jdbc, AuditProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    record Pending(JobId chain, long seq) {}

    /** Those whose entry is not there. */
    List<Pending> withoutEntry() {
        return jdbc.sql("""
                        select p.chain, p.seq from audit_pending p
                        where not exists (select from audit_entry e where e.job_id = p.chain and e.seq = p.seq)
                        order by p.chain, p.seq limit :most
                        """)
                .param("most", Findings.MOST)
                .query((row, number) -> pending(row))
                .list();
    }

    /** Those that a checkpoint of this time must have covered, had they been there: none is put back to waiting. */
    List<Pending> overdue(Instant checkpoint) {
        Instant late = clock.instant().minus(properties.late());
        Instant before = checkpoint.minus(UNDER_WAY);
        return jdbc.sql("""
                        select p.chain, p.seq from audit_pending p
                        join audit_entry e on e.job_id = p.chain and e.seq = p.seq
                        where e.at < :before order by p.chain, p.seq limit :most
                        """)
                .param("before", (before.isBefore(late) ? before : late).atOffset(ZoneOffset.UTC))
                .param("most", Findings.MOST)
                .query((row, number) -> pending(row))
                .list();
    }

    private static Pending pending(ResultSet row) throws SQLException {
        return new Pending(new JobId(Objects.requireNonNull(row.getObject("chain", UUID.class))), row.getLong("seq"));
    }
}
