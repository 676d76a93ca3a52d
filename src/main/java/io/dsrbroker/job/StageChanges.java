package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Every stage that jobs have been in. */
@Component
public class StageChanges {

    private final JdbcClient jdbc;

    private final ApplicationEventPublisher events;

    StageChanges(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /** One change, numbered from 1 within its job. */
    public record StageChange(int seq, Stage stage, Instant at) {}

    void record(JobId job, Stage stage, Instant at) {
        int seq = jdbc.sql("""
                        insert into stage_change (job_id, seq, stage, status, at)
                        select :job, coalesce(max(seq), 0) + 1, :stage, :status, :at from stage_change where job_id = :job
                        returning seq
                        """)
                .param("job", job.value())
                .param("stage", stage.name())
                .param("status", stage.status().name())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getInt("seq"))
                .single();
        events.publishEvent(new StageChanged(job, seq, stage, at));
    }

    /** The changes after this number, oldest first. */
    public List<StageChange> after(JobId job, int seq) {
        return jdbc.sql("select seq, stage, at from stage_change where job_id = :job and seq > :seq order by seq")
                .param("job", job.value())
                .param("seq", seq)
                .query((row, number) -> new StageChange(
                        row.getInt("seq"),
                        Stage.valueOf(row.getString("stage")),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
