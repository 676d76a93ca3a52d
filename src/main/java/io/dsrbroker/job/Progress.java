package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Moves jobs to the stage that their tasks say, and asks for the package once all have ended. */
@Service
public class Progress {

    /** The name under which db-scheduler knows the making of packages; the instance is the job's id. */
    public static final String PACKAGING = "package";

    private static final Logger log = LoggerFactory.getLogger(Progress.class);

    private final Jobs jobs;
    private final JdbcClient jdbc;
    private final StageChanges changes;
    private final WorkQueue queue;
    private final Clock clock;

    Progress(Jobs jobs, JdbcClient jdbc, StageChanges changes, WorkQueue queue, Clock clock) {
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.changes = changes;
        this.queue = queue;
        this.clock = clock;
    }

    /** Ids of these jobs whose stage may be out of date. */
    public List<JobId> moved(Collection<UUID> candidates) {
        return jdbc.sql("""
                        select id from job j
                        where id = any(:ids) and finished_at is null
                          and (stage <> 'IN_PROGRESS' or not exists (
                                select from task t where t.job_id = j.id and t.state in (
                                    'BLOCKED', 'READY', 'RUNNING', 'AWAITING_UPSTREAM', 'VERIFYING', 'RETRY_WAIT',
                                    'NEEDS_ACTION')))
                        """)
                .param("ids", candidates.toArray(UUID[]::new))
                .query((row, number) -> new JobId(row.getObject("id", UUID.class)))
                .list();
    }

    /** Ids of all jobs that have not ended. */
    public List<UUID> unfinished() {
        return jdbc.sql("select id from job where finished_at is null")
                .query(Rows.ID)
                .list();
    }

    /** Brings one job's stage up to date. */
    @Transactional
    public void reconsider(JobId id) {
        jobs.findByIdForUpdate(id.value()).ifPresent(job -> reconsider(job, false));
    }

    /** Ends a job whose package has been stored in the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void packaged(JobId id) {
        jobs.findByIdForUpdate(id.value()).ifPresent(job -> reconsider(job, true));
    }

    private void reconsider(Job job, boolean packageStored) {
        if (job.stage().ended()) {
            return;
        }
        Stages.Sum sum = sum(job, packageStored);
        Stage before = job.stage();
        Stage next = Stages.ofExport(sum);
        if (job.enter(next, clock.instant())) {
            changes.record(job.id(), next, clock.instant());
            log.info("Job {} went from {} to {}", job.id(), before, next);
        }
        if (!sum.open() && !sum.packaged()) {
            queue.schedule(PACKAGING, List.of(job.id().toString()));
        }
    }

    private Stages.Sum sum(Job job, boolean packageStored) {
        return jdbc.sql("""
                        select coalesce(bool_or(attempts > 0 or finished_at is not null or found is not null), false) as touched,
                               coalesce(bool_or(kind <> 'DISCOVER'), false) as working,
                               coalesce(bool_or(finished_at is null), false) as open,
                               coalesce(bool_or(state in ('DISCOVERED', 'EXPORTED', 'DELETED', 'ABSENT', 'COVERED',
                                                          'CONFIRMED')), false) as good,
                               coalesce(bool_or(state in ('INCOMPLETE', 'UNVERIFIED', 'SKIPPED', 'SOURCE_RETIRED',
                                                          'FAILED', 'CANCELLED')), false) as exception,
                               coalesce(bool_or(state = 'FAILED'), false) as failed
                        from task where job_id = :job
                        """)
                .param("job", job.id().value())
                .query((row, number) -> new Stages.Sum(
                        row.getBoolean("touched"),
                        row.getBoolean("working"),
                        row.getBoolean("open"),
                        row.getBoolean("good"),
                        row.getBoolean("exception"),
                        row.getBoolean("failed"),
                        packageStored || !job.makesPackage()))
                .single();
    }
}
