package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets people stop a job for a while or for good, and move its deadline. */
@Service
public class Interventions {

    private final LockedJobs jobs;
    private final WorkQueue queue;
    private final JdbcClient jdbc;
    private final Clock clock;

    Interventions(LockedJobs jobs, WorkQueue queue, JdbcClient jdbc, Clock clock) {
        this.jobs = jobs;
        this.queue = queue;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** No new upstream call while it stands; holding what is held changes nothing. */
    @Transactional
    public void hold(JobId id, String reason, Caller caller) {
        Job job = jobs.get(id);
        WrongStage.throwIfEnded(job.stage());
        if (!job.onHold()) {
            job.hold(true);
            jobs.tell(job, caller, "held", onHold(jobs.clean(job, reason), true));
        }
    }

    /** Ends a hold. */
    @Transactional
    public void release(JobId id, String reason, Caller caller) {
        Job job = jobs.get(id);
        WrongStage.throwIfEnded(job.stage());
        if (job.onHold()) {
            job.hold(false);
            jobs.tell(job, caller, "released", onHold(jobs.clean(job, reason), false));
            List<String> lanes = jdbc.sql("select distinct lane from task where job_id = :job and finished_at is null")
                    .param("job", id.value())
                    .query(Rows.TEXT)
                    .list();
            queue.notifyLanes(lanes);
        }
    }

    private static Map<String, Object> onHold(String reason, boolean now) {
        return Map.of("reason", reason, "before", Map.of("onHold", !now), "after", Map.of("onHold", now));
    }

    /** Stops a job for good; {@link WrongStage} once the first DELETE was about to be sent. */
    @Transactional
    public void cancel(JobId id, String reason, Caller caller) {
        Job job = jobs.get(id);
        WrongStage.throwIfEnded(job.stage());
        if (job.destructive()) {
            throw new WrongStage(job.stage(), "Deleting has begun and cannot be taken back. " + done(id));
        }
        jobs.tell(job, caller, "cancelled", Map.of("reason", jobs.clean(job, reason)));
        jobs.stop(job, Stage.CANCELLED);
    }

    private String done(JobId id) {
        return jdbc.sql("""
                        select count(*) filter (where state in ('DELETED', 'COVERED', 'ABSENT')) as gone,
                               count(*) filter (where attempts > 0) as begun, count(*) as planned
                        from task where job_id = :job and kind = 'DELETE'
                        """)
                .param("job", id.value())
                .query((row, number) -> "Of %d resources %d are gone, and of %d the deletion was begun."
                        .formatted(row.getLong("planned"), row.getLong("gone"), row.getLong("begun")))
                .single();
    }

    /**
     * Moves the deadline, once, by whole days.
     *
     * @throws ExtensionNotAllowed after the first deadline, the second time, or too far
     */
    @Transactional
    public void extend(JobId id, int days, String reason, Caller caller) {
        Job job = jobs.get(id);
        WrongStage.throwIfEnded(job.stage());
        Instant latest = job.regulation().latestDueAt(job.receivedAt());
        Instant wished = job.dueAt().plus(Duration.ofDays(days));
        if (job.extended()) {
            throw new ExtensionNotAllowed("The deadline has been extended already.", job.dueAt());
        }
        if (clock.instant().isAfter(job.dueAt())) {
            throw new ExtensionNotAllowed("The deadline has passed; it can only be extended before.", job.dueAt());
        }
        if (wished.isAfter(latest)) {
            throw new ExtensionNotAllowed("The deadline can be moved to " + latest + " at most.", job.dueAt());
        }
        Instant before = job.dueAt();
        job.extend(wished);
        jobs.tell(
                job,
                caller,
                "extended",
                Map.of(
                        "reason",
                        jobs.clean(job, reason),
                        "before",
                        Map.of("dueAt", before.toString()),
                        "after",
                        Map.of("dueAt", wished.toString())));
    }
}
