package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Moves jobs to the stage that their tasks say, and asks for the package once all have ended. */
@Service
public class Progress {

    /** The name under which db-scheduler knows the making of packages; the instance is the job's id. */
    public static final String PACKAGING = "package";

    private final Jobs jobs;
    private final JdbcClient jdbc;
    private final WorkQueue queue;
    private final DeleteCourse course;
    private final Transitions transitions;

    Progress(Jobs jobs, JdbcClient jdbc, WorkQueue queue, DeleteCourse course, Transitions transitions) {
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.queue = queue;
        this.course = course;
        this.transitions = transitions;
    }

    /** Ids of these jobs whose stage may be out of date. */
    public List<JobId> moved(Collection<UUID> candidates) {
        return jdbc.sql("""
                        select id from job j
                        where id = any(:ids) and finished_at is null
                          and case
                              when phase is null then stage <> 'IN_PROGRESS' or not exists (
                                select from task t where t.job_id = j.id and t.finished_at is null)
                              when phase = 'PROPOSED' then false
                              when phase = 'DELETING' then true
                              else stage = 'RECEIVED' or not exists (
                                select from task t
                                where t.job_id = j.id and t.kind = 'DISCOVER' and t.finished_at is null)
                              end
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

    /** Brings a job up to date that the caller has locked. */
    void reconsider(Job job) {
        reconsider(job, false);
    }

    private void reconsider(Job job, boolean packageStored) {
        if (job.stage().ended()) {
            return;
        }
        boolean done;
        if (job.type() == RequestType.DELETE) {
            course.goOn(job);
            done = delete(job, packageStored);
        } else {
            Stages.Sum sum = sum(job, packageStored);
            transitions.enter(job, Stages.ofExport(sum));
            done = !sum.open();
        }
        if (done && job.makesPackage() && !packageStored && !job.stage().ended()) {
            queue.schedule(PACKAGING, List.of(job.id().toString()));
        }
    }

    /** Answers whether only the package is left to be made. */
    private boolean delete(Job job, boolean packageStored) {
        if (job.phase() != Phase.DELETING) {
            transitions.enter(job, Stages.ofDelete(job.phase(), job.stage() != Stage.RECEIVED || touched(job)));
            return false;
        }
        Stages.Deletion sum = deletion(job, packageStored);
        transitions.enter(job, Stages.ofDeletion(sum));
        return !sum.open();
    }

    private boolean touched(Job job) {
        return jdbc.sql("""
                        select exists (select from task
                                       where job_id = :job and (attempts > 0 or finished_at is not null or found is not null))
                        """)
                .param("job", job.id().value())
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    private Stages.Deletion deletion(Job job, boolean packageStored) {
        return jdbc.sql("""
                        select coalesce(bool_or(finished_at is null), false) as open,
                               coalesce(bool_or(finished_at is null and state <> 'VERIFYING'
                                                and not (state = 'BLOCKED' and covered_by is not null)), false) as working,
                               coalesce(bool_or(kind <> 'DISCOVER' and state in (
                                   'EXPORTED', 'DELETED', 'ABSENT', 'COVERED', 'CONFIRMED')), false) as good,
                               coalesce(bool_or(state in ('INCOMPLETE', 'UNVERIFIED', 'SKIPPED', 'SOURCE_RETIRED',
                                                          'FAILED', 'CANCELLED')), false) as exception,
                               coalesce(bool_or(state = 'FAILED'), false) as failed
                        from task where job_id = :job
                        """)
                .param("job", job.id().value())
                .query((row, number) -> new Stages.Deletion(
                        row.getBoolean("open"),
                        row.getBoolean("working"),
                        row.getBoolean("good"),
                        row.getBoolean("exception"),
                        row.getBoolean("failed"),
                        packageStored || !job.makesPackage()))
                .single();
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
