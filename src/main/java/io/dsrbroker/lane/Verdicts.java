package io.dsrbroker.lane;

import io.dsrbroker.job.ClaimedTask;
import io.dsrbroker.job.Reason;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.upstream.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;

/** Says what becomes of a task whose call did not bring what it asked for. */
@Component
class Verdicts {

    private static final int POISON_TRIES = 3;
    private static final int SILENT_TRIES = 5;

    private final RetryProperties retries;
    private final Clock clock;

    Verdicts(RetryProperties retries, Clock clock) {
        this.retries = retries;
        this.clock = clock;
    }

    /**
     * The verdict on an outcome that is no success. One that makes the whole lane pause is no try of the task; it waits a
     * little longer than the lane, and longer each time, lest it be the first again that is sent after every pause.
     */
    Change on(Outcome outcome, Attempt attempt) {
        return switch (outcome) {
            case Outcome.Answered ignored -> throw new IllegalArgumentException("An answer needs no verdict");
            case Outcome.Accepted ignored -> throw new IllegalArgumentException("A taken deletion needs no verdict");
            case Outcome.InUse inUse -> again(attempt, Reason.IN_USE, inUse.words());
            case Outcome.Received ignored -> throw new IllegalArgumentException("Content needs no verdict");
            case Outcome.Absent ignored -> Change.to(TaskState.ABSENT);
            case Outcome.AbsenceUnproven unproven ->
                Change.to(
                        TaskState.UNVERIFIED,
                        Reason.ABSENCE_UNPROVEN,
                        unproven.words() + ": not found, in a way that does not prove that it is not there.",
                        "Check that the target's names are right and that its resource group exists.");
            case Outcome.Throttled throttled ->
                later(
                        attempt,
                        Reason.THROTTLED,
                        "The upstream asked for less",
                        attempt.gate().throttled(throttled.retryAfter()));
            case Outcome.CredentialsRejected rejected ->
                later(
                        attempt,
                        Reason.CREDENTIALS_REJECTED,
                        rejected.words(),
                        attempt.gate().credentialsRejected());
            case Outcome.Forbidden forbidden ->
                Change.to(
                        TaskState.NEEDS_ACTION,
                        Reason.FORBIDDEN,
                        forbidden.words(),
                        "Grant the broker's identity the right to read this, then retry.");
            case Outcome.Locked locked ->
                Change.to(TaskState.NEEDS_ACTION, Reason.LOCKED, locked.words(), "Remove the lock, then retry.");
            // No answer at all must repeat before it counts: a name service can be wrong for a moment.
            case Outcome.Retired retired ->
                silent(retired) && attempt.task().attempts() < SILENT_TRIES
                        ? again(attempt, Reason.UPSTREAM_UNAVAILABLE, retired.words())
                        : Change.to(
                                TaskState.SOURCE_RETIRED,
                                Reason.PROVIDER_GONE,
                                retired.words() + ": the service no longer exists.",
                                null);
            case Outcome.Unavailable unavailable -> again(attempt, Reason.UPSTREAM_UNAVAILABLE, unavailable.words());
            case Outcome.Rejected rejected -> Change.to(TaskState.FAILED, Reason.REJECTED, rejected.words(), null);
            case Outcome.Poison poison -> poison(attempt, poison.words());
            case Outcome.Hostile hostile -> Change.to(TaskState.FAILED, Reason.HOSTILE_URL, hostile.words(), null);
            case Outcome.Unaddressable unaddressable ->
                unaddressable.variable().equals("location")
                        ? Change.to(
                                TaskState.FAILED,
                                Reason.LOCATION_UNKNOWN,
                                "No document says in which region this lies.",
                                "Send a new request that names the target's location.")
                        : Change.to(
                                TaskState.FAILED,
                                Reason.REJECTED,
                                "The address needs " + unaddressable.variable() + ", which nothing supplied.",
                                null);
        };
    }

    private static boolean silent(Outcome.Retired retired) {
        return retired.exchange().status() == null;
    }

    /** A few more tries, in case the answer was cut short; then the task fails, and only this one. */
    Change poison(Attempt attempt, String words) {
        return attempt.task().attempts() + 1 < POISON_TRIES
                ? again(attempt, Reason.POISON, words)
                : Change.to(TaskState.FAILED, Reason.POISON, words, null);
    }

    private Change later(Attempt attempt, Reason reason, String words, Duration pause) {
        Change change = again(attempt, reason, words);
        Instant since = attempt.task().failingSince();
        Duration lasts = since == null ? Duration.ZERO : Duration.between(since, clock.instant());
        Duration more = lasts.dividedBy(2).compareTo(retries.maxDelay()) < 0 ? lasts.dividedBy(2) : retries.maxDelay();
        return change.state().terminal() ? change : change.after(pause.plus(more));
    }

    /** A later try, until the time is up. */
    Change again(Attempt attempt, Reason reason, String words) {
        ClaimedTask task = attempt.task();
        Instant now = clock.instant();
        Instant since = task.failingSince() == null ? now : task.failingSince();
        if (task.failingSince() != null
                && now.isAfter(retries.lastTry(since, attempt.job().dueAt()))) {
            return Change.to(
                    TaskState.FAILED,
                    Reason.RETRIES_SPENT,
                    "Tried until the time was up; last: " + words + ".",
                    "Retry it once the upstream is well again.");
        }
        return Change.retry(task, reason, words, delay(task.attempts()));
    }

    /** Doubles from the base with each try, up to the longest; between half of it and all of it by chance. */
    Duration delay(int attempts) {
        long doubled = retries.baseDelay().toMillis() << Math.min(attempts, 20);
        long millis = Math.min(doubled, retries.maxDelay().toMillis());
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }
}
