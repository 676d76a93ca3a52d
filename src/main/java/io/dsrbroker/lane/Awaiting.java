package io.dsrbroker.lane;

import io.dsrbroker.catalogue.Call;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.job.ClaimedTask;
import io.dsrbroker.job.Destructions;
import io.dsrbroker.job.Reason;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.upstream.Operation;
import io.dsrbroker.upstream.OperationStatus;
import io.dsrbroker.upstream.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Asks from time to time how far a deletion is that the upstream carries out by itself. When to ask next is a time in
 * the task's row. Not to be told is not to have failed; after the patience the resource itself is looked at.
 */
@Component
class Awaiting {

    private final Calls calls;
    private final Cursors cursors;
    private final Verdicts verdicts;
    private final VerifyProperties properties;
    private final Clock clock;

    Awaiting(Calls calls, Cursors cursors, Verdicts verdicts, VerifyProperties properties, Clock clock) {
        this.calls = calls;
        this.cursors = cursors;
        this.verdicts = verdicts;
        this.properties = properties;
        this.clock = clock;
    }

    /** What becomes of a task whose deletion has begun. */
    Change begun(Attempt attempt, Operation operation) {
        return waiting(attempt, operation, false, operation.retryAfter());
    }

    void perform(Attempt attempt, ResourceType type, Call delete) {
        ClaimedTask task = attempt.task();
        Cursors.Awaited awaited = cursors.awaited(task);
        OperationStatus status = calls.ask(attempt, type, delete, awaited.operation());
        Change change = switch (status) {
            case OperationStatus.Working working -> waiting(attempt, working.next(), true, working.again());
            case OperationStatus.Succeeded ignored -> Deleting.verifying(Destructions.SEND);
            case OperationStatus.GaveUp gaveUp ->
                Deleting.lookingFirst(verdicts.again(attempt, Reason.OPERATION_FAILED, gaveUp.words()));
            case OperationStatus.Unreadable unreadable ->
                unreadable(attempt, awaited.operation(), unreadable.outcome());
        };
        // Only the last asking is kept as evidence, besides what was answered to the DELETE.
        attempt.emit(new Result(
                task,
                awaited.asked() ? change.answering(attempt, 0) : change.counting(attempt, 0),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                true,
                attempt.millis()));
    }

    private Change unreadable(Attempt attempt, Operation operation, Outcome outcome) {
        if (outcome instanceof Outcome.Throttled
                || outcome instanceof Outcome.CredentialsRejected
                || outcome instanceof Outcome.Hostile) {
            Change verdict = verdicts.on(outcome, attempt);
            return verdict.going(Destructions.LOOK, null);
        }
        Instant since = attempt.task().failingSince();
        if (since != null && clock.instant().isAfter(since.plus(properties.patience()))) {
            return Change.to(TaskState.READY).going(Destructions.LOOK, null);
        }
        Duration later = since == null
                ? operation.retryAfter()
                : longer(
                        operation.retryAfter(),
                        Duration.between(since, clock.instant()).dividedBy(2));
        return waiting(attempt, operation, true, later)
                .failing(Reason.UPSTREAM_UNAVAILABLE, "How far it is could not be read.");
    }

    private Change waiting(Attempt attempt, Operation operation, boolean asked, Duration wait) {
        String cursor = cursors.sealed(attempt.task(), new Cursors.Awaited(operation, asked));
        return Change.to(TaskState.AWAITING_UPSTREAM)
                .going(Destructions.AWAIT, cursor)
                .after(wait);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
