package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tries again what did not end good. */
@Service
public class Retries {

    private final LockedJobs jobs;
    private final JobSecrets secrets;
    private final ActiveDeletes active;
    private final Passes passes;
    private final RetriedTasks tasks;
    private final Archive archive;
    private final StageChanges changes;
    private final Clock clock;
    private final JdbcClient jdbc;

    Retries(
            LockedJobs jobs,
            JobSecrets secrets,
            ActiveDeletes active,
            Passes passes,
            RetriedTasks tasks,
            Archive archive,
            StageChanges changes,
            Clock clock,
            JdbcClient jdbc) {
        this.jobs = jobs;
        this.secrets = secrets;
        this.active = active;
        this.passes = passes;
        this.tasks = tasks;
        this.archive = archive;
        this.changes = changes;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** Everything of a job that did not end good and that another try can help. */
    @Transactional
    public void retry(JobId id, Caller caller) {
        Job job = jobs.get(id);
        requireRetriable(job);
        retry(job, null, caller);
    }

    /** One task. {@link WrongState} when it ended good, or when trying again cannot help. */
    @Transactional
    public void retry(JobId id, UUID task, Caller caller) {
        Job job = jobs.get(id);
        requireKnown(id, task);
        requireRetriable(job);
        tasks.requireRetriable(id, task);
        retry(job, task, caller);
    }

    private static void requireRetriable(Job job) {
        JobErased.throwIfErased(job);
        Stage stage = job.stage();
        if (stage == Stage.COMPLETED || stage == Stage.DENIED || stage == Stage.CANCELLED) {
            throw new WrongStage(stage, "The request has ended as " + stage + "; there is nothing to retry.");
        }
    }

    private void requireKnown(JobId id, UUID task) {
        boolean known = jdbc.sql("select exists (select from every_task where job_id = :job and id = :task)")
                .param("job", id.value())
                .param("task", task)
                .query((row, number) -> row.getBoolean(1))
                .single();
        if (!known) {
            throw new NoSuchTask(task);
        }
    }

    private void retry(Job job, @Nullable UUID one, Caller caller) {
        if (!tasks.retriable(job.id(), one)) {
            return;
        }
        archive.bringBack(job.id());
        RetriedTasks.Reopened reopened =
                tasks.reopen(job.id(), one, job.type() == RequestType.DELETE && job.phase() == Phase.DELETING);
        if (reopened.none()) {
            return;
        }
        jobs.tell(
                job,
                caller,
                "retried",
                one == null
                        ? Map.of("tasks", reopened.total())
                        : Map.of("tasks", reopened.total(), "taskId", one.toString()));
        if (job.stage().ended()) {
            if (job.type() == RequestType.DELETE) {
                active.claim(job.id(), secrets.context(job).subject());
            }
            Stage ended = job.stage();
            job.reopen(Stage.IN_PROGRESS);
            jobs.tell(
                    job,
                    Caller.SYSTEM,
                    Acted.STAGE_CHANGED,
                    Map.of("from", ended.name(), "to", Stage.IN_PROGRESS.name()));
            changes.record(job.id(), Stage.IN_PROGRESS, clock.instant());
        }
        if (job.type() == RequestType.DELETE) {
            lookAgain(job, reopened);
        }
        jobs.bringUpToDate(job);
    }

    /** Nothing is deleted by an old plan: everything is looked for once more before. */
    private void lookAgain(Job job, RetriedTasks.Reopened reopened) {
        switch (job.phase()) {
            case PROPOSED -> {
                if (reopened.discoveries() > 0) {
                    passes.begin(job, Phase.PLANNING);
                }
            }
            case DELETING -> {
                if (reopened.exports() > 0) {
                    passes.begin(job, Phase.EXPORTING);
                } else if (reopened.discoveries() + reopened.deletes() > 0) {
                    passes.begin(job, Phase.CHECKING);
                }
            }
            case PLANNING, EXPORTING, CHECKING -> {}
        }
    }

    /** The lanes of a job that have something to do. */
    static List<String> lanes(JdbcClient jdbc, JobId job) {
        return jdbc.sql("select distinct lane from task where job_id = :job and state = 'READY'")
                .param("job", job.value())
                .query(Rows.TEXT)
                .list();
    }
}
