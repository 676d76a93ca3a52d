package io.dsrbroker.lane;

import io.dsrbroker.job.ClaimedTask;
import io.dsrbroker.job.Found;
import io.dsrbroker.job.Reason;
import io.dsrbroker.job.TaskChange;
import io.dsrbroker.job.TaskState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a task, before evidence is added.
 *
 * @param cursor where it goes on, sealed
 * @param lane the lane it moves to, with its upstream; null to stay
 */
record Change(
        TaskState state,
        @Nullable Reason reason,
        @Nullable String detail,
        @Nullable String nextStep,
        int step,
        @Nullable String cursor,
        @Nullable String lane,
        @Nullable String upstream,
        boolean failing,
        @Nullable Duration retryAfter,
        @Nullable Found found) {

    static Change to(TaskState state) {
        return new Change(state, null, null, null, 0, null, null, null, false, null, null);
    }

    static Change to(TaskState state, Reason reason, String detail, @Nullable String nextStep) {
        return new Change(state, reason, detail, nextStep, 0, null, null, null, false, null, null);
    }

    /** Tried again after a while, from the same place. */
    static Change retry(ClaimedTask task, Reason reason, String detail, Duration after) {
        return new Change(
                TaskState.RETRY_WAIT, reason, detail, null, task.step(), task.cursor(), null, null, true, after, null);
    }

    Change advising(String advice) {
        return new Change(state, reason, detail, advice, step, cursor, lane, upstream, failing, retryAfter, found);
    }

    Change going(int nextStep, @Nullable String from) {
        return new Change(
                state, reason, detail, this.nextStep, nextStep, from, lane, upstream, failing, retryAfter, found);
    }

    Change after(Duration wait) {
        return new Change(state, reason, detail, nextStep, step, cursor, lane, upstream, failing, wait, found);
    }

    /** The same, telling what went wrong. */
    Change telling(Reason why, String words) {
        return new Change(state, why, words, nextStep, step, cursor, lane, upstream, failing, retryAfter, found);
    }

    Change movedTo(String otherLane, String itsUpstream) {
        return new Change(
                state, reason, detail, nextStep, step, cursor, otherLane, itsUpstream, failing, retryAfter, found);
    }

    Change having(Found soFar) {
        return new Change(state, reason, detail, nextStep, step, cursor, lane, upstream, failing, retryAfter, soFar);
    }

    TaskChange of(Attempt attempt, boolean counts) {
        return of(attempt, counts ? 1 : 0, false);
    }

    /** Counting as this many tries. */
    TaskChange counting(Attempt attempt, int attempts) {
        return of(attempt, attempts, false);
    }

    /** The same for a task whose intent was committed, and counted, before. */
    TaskChange answering(Attempt attempt, int attempts) {
        return of(attempt, attempts, true);
    }

    private TaskChange of(Attempt attempt, int tries, boolean answersIntent) {
        // To be asked for less, or to be refused for the broker's credentials, was no try.
        boolean noTry = reason == Reason.THROTTLED || reason == Reason.CREDENTIALS_REJECTED;
        int attempts = noTry ? Math.min(tries, 0) : tries;
        return new TaskChange(
                attempt.task().job(),
                attempt.task().id(),
                state,
                reason,
                detail,
                nextStep,
                step,
                cursor,
                lane,
                upstream,
                attempts,
                answersIntent,
                failing,
                retryAfter,
                found,
                attempt.takeEvidence());
    }
}
