package io.dsrbroker.lane;

import io.dsrbroker.job.ClaimedTask;
import io.dsrbroker.tracing.Traces;
import io.dsrbroker.tracing.Trail;
import io.dsrbroker.vault.KeysetUnusable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Works on one task; an answer that the broker stumbles over fails this task and no other. */
@Component
class Worker {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    private final Discovering discovering;
    private final Exporting exporting;
    private final Deletes deletes;
    private final Verdicts verdicts;
    private final Traces traces;

    /** How things are deleted, and how that is proven. */
    @Component
    record Deletes(Deleting deleting, Verifying verifying) {}

    Worker(Discovering discovering, Exporting exporting, Deletes deletes, Verdicts verdicts, Traces traces) {
        this.discovering = discovering;
        this.exporting = exporting;
        this.deletes = deletes;
        this.verdicts = verdicts;
        this.traces = traces;
    }

    /**
     * Performs an attempt and emits what it came to.
     *
     * @throws Gate.Shut when the lane pauses or is given up; the task stays as it is
     * @throws DataAccessException when the database is the one that fails; likewise
     */
    void perform(Attempt attempt) {
        ClaimedTask task = attempt.task();
        try (Trail trail = traces.resume(
                task.kind().name().toLowerCase(Locale.ROOT), attempt.job().traceParent())) {
            trail.tag("job", task.job().toString())
                    .tag("task", task.id().toString())
                    .tag("type", task.type());
            traced(attempt);
            trail.tag("outcome", attempt.outcome());
        }
    }

    private void traced(Attempt attempt) {
        try {
            if (attempt.task().verifying() != null) {
                deletes.verifying().perform(attempt);
                return;
            }
            switch (attempt.task().kind()) {
                case DISCOVER -> discovering.perform(attempt);
                case EXPORT -> exporting.perform(attempt);
                case DELETE -> deletes.deleting().perform(attempt);
                case MANUAL -> throw new IllegalStateException("A lane does nothing by hand");
            }
        } catch (Gate.Shut
                | Gate.Refused
                | LaneRows.LaneLost
                | DataAccessException
                | TransactionException
                | KeysetUnusable e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            log.error(
                    "Job {} task {}: what the upstream answered could not be handled; it is tried again, then fails",
                    attempt.task().job(),
                    attempt.task().id(),
                    e);
            Change verdict = verdicts.poison(attempt, "the answer could not be handled");
            attempt.emit(new Result(
                    attempt.task(),
                    verdict.of(attempt, true),
                    List.of(),
                    List.of(),
                    Map.of(),
                    List.of(),
                    true,
                    attempt.millis()));
        }
    }
}
