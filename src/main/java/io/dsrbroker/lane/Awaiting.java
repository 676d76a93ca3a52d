package io.dsrbroker.lane;

import io.dsrbroker.catalogue.Call;
import io.dsrbroker.catalogue.ResourceType;
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
import java.util.Objects;
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
        Cursors.Awaited awaited = new Cursors.Awaited(operation, false, clock.instant(), null);
        return waiting(attempt, awaited, operation.retryAfter());
    }

    void perform(Attempt attempt, ResourceType type, Call delete) {
        Cursors.Awaited awaited = cursors.awaited(attempt.task());
        OperationStatus status = calls.ask(attempt, type, delete, awaited.operation());
        Change change = switch (status) {
            case OperationStatus.Working working -> working(attempt, awaited.moved(working.next()), working.again());
            case OperationStatus.Succeeded ignored -> Deleting.verifying(Destructions.SEND);
            case OperationStatus.GaveUp gaveUp -> repeated(attempt, gaveUp.words());
            case OperationStatus.Unreadable unreadable -> unreadable(attempt, awaited, unreadable.outcome());
        };
        // Only the last asking is kept as evidence, besides what was answered to the DELETE.
        attempt.emit(new Result(
                attempt.task(),
                awaited.asked() ? change.answering(attempt, 0) : change.counting(attempt, 0),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                true,
                attempt.millis()));
    }

    private Change repeated(Attempt attempt, String words) {
        return Deleting.lookingFirst(verdicts.again(attempt, Reason.OPERATION_FAILED, words));
    }

    /** It may take as long as the request has time; what then still goes on is looked at, and given up in the end. */
    private Change working(Attempt attempt, Cursors.Awaited awaited, Duration again) {
        Instant now = clock.instant();
        return now.isAfter(attempt.job().dueAt()) && now.isAfter(awaited.begun().plus(properties.patience()))
                ? repeated(attempt, "the operation does not end")
                : waiting(attempt, awaited.readable(), again);
    }

    private Change unreadable(Attempt attempt, Cursors.Awaited awaited, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Throttled throttled ->
                waiting(attempt, awaited, attempt.gate().throttled(throttled.retryAfter()));
            case Outcome.CredentialsRejected ignored ->
                waiting(attempt, awaited, attempt.gate().credentialsRejected());
            case Outcome.Hostile ignored -> verdicts.on(outcome, attempt).going(Destructions.LOOK, null);
            default -> unreadable(attempt, awaited.unreadable(clock.instant()));
        };
    }

    private Change unreadable(Attempt attempt, Cursors.Awaited awaited) {
        Duration lasts = Duration.between(Objects.requireNonNull(awaited.unreadableSince()), clock.instant());
        if (lasts.compareTo(properties.patience()) > 0) {
            return Deleting.lookingFirst(
                    verdicts.again(attempt, Reason.UPSTREAM_UNAVAILABLE, "its state could not be read"));
        }
        Duration told = awaited.operation().retryAfter();
        return waiting(attempt, awaited, told.compareTo(lasts.dividedBy(2)) > 0 ? told : lasts.dividedBy(2))
                .telling(Reason.UPSTREAM_UNAVAILABLE, "How far it is could not be read.");
    }

    private Change waiting(Attempt attempt, Cursors.Awaited awaited, Duration wait) {
        return Change.to(TaskState.AWAITING_UPSTREAM)
                .going(Destructions.AWAIT, cursors.sealed(attempt.task(), awaited))
                .after(wait);
    }
}
