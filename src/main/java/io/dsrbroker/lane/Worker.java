package io.dsrbroker.lane;

import io.dsrbroker.job.TaskKind;
import java.util.List;
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
    private final Verdicts verdicts;

    Worker(Discovering discovering, Exporting exporting, Verdicts verdicts) {
        this.discovering = discovering;
        this.exporting = exporting;
        this.verdicts = verdicts;
    }

    /**
     * Performs an attempt and emits what it came to.
     *
     * @throws Gate.Shut when the lane pauses or is given up; the task stays as it is
     * @throws DataAccessException when the database is the one that fails; likewise
     */
    void perform(Attempt attempt) {
        try {
            if (attempt.task().kind() == TaskKind.DISCOVER) {
                discovering.perform(attempt);
            } else {
                exporting.perform(attempt);
            }
        } catch (Gate.Shut | DataAccessException | TransactionException e) {
            throw e;
        } catch (RuntimeException e) {
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
