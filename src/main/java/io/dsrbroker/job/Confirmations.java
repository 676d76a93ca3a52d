package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Takes a person's word that they did by hand what no call can do; then the broker looks for itself. */
@Service
public class Confirmations {

    private final LockedJobs jobs;
    private final TaskViews tasks;
    private final WorkQueue queue;
    private final JdbcClient jdbc;
    private final JsonMapper json;

    Confirmations(LockedJobs jobs, TaskViews tasks, WorkQueue queue, JdbcClient jdbc, JsonMapper json) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.queue = queue;
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * What was done.
     *
     * @param evidenceSha256 of a screenshot or the like, 64 lower-case hex digits
     */
    public record Confirmation(String note, Instant doneAt, String evidenceSha256) {}

    /** Confirms a MANUAL task; {@link WrongState} when it does not wait for that. */
    @Transactional
    public void confirm(JobId id, UUID task, Confirmation confirmation, Caller caller) {
        Job job = jobs.get(id);
        TaskView view = tasks.view(id, task);
        if (view.kind() != TaskKind.MANUAL || view.state() != TaskState.NEEDS_ACTION) {
            throw new WrongState(view.state(), "This does not wait for a person's confirmation.");
        }
        Evidence evidence = new Evidence(
                null, "CONFIRMATION", null, null, null, confirmation.doneAt(), confirmation.evidenceSha256(), null);
        String lane = jdbc.sql("""
                        update task
                        set state = 'VERIFYING', reason = null, detail = 'Confirmed by a person; being verified.',
                            attempts = attempts + 1, absent_reads = 0, verifying_since = now(), next_attempt_at = now(),
                            evidence = evidence || cast(:evidence as jsonb)
                        where job_id = :job and id = :task
                        returning lane
                        """)
                .param("evidence", "[" + json.writeValueAsString(evidence) + "]")
                .param("job", id.value())
                .param("task", task)
                .query(Rows.TEXT)
                .single();
        queue.notifyLanes(java.util.List.of(lane));
        jobs.tell(
                job,
                caller,
                "confirmed",
                Map.of(
                        "taskId", task.toString(),
                        "note", jobs.clean(job, confirmation.note()),
                        "doneAt", confirmation.doneAt().toString(),
                        "evidenceSha256", confirmation.evidenceSha256()));
        jobs.bringUpToDate(job);
    }
}
