package io.dsrbroker.lane;

import io.dsrbroker.catalogue.Call;
import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.job.ClaimedTask;
import io.dsrbroker.job.Destructions;
import io.dsrbroker.job.Evidence;
import io.dsrbroker.job.Reason;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.upstream.Outcome;
import io.dsrbroker.vault.KeysetUnusable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Sends one DELETE: its intent is committed first, and whatever the answer, only reading again proves anything. What
 * nobody knows the outcome of is looked at before it is repeated.
 */
@Component
class Deleting {

    private static final Logger log = LoggerFactory.getLogger(Deleting.class);

    private final Catalogue catalogue;
    private final Calls calls;
    private final Awaiting awaiting;
    private final Verdicts verdicts;
    private final VerifyProperties properties;
    private final Clock clock;

    Deleting(
            Catalogue catalogue,
            Calls calls,
            Awaiting awaiting,
            Verdicts verdicts,
            VerifyProperties properties,
            Clock clock) {
        this.catalogue = catalogue;
        this.calls = calls;
        this.awaiting = awaiting;
        this.verdicts = verdicts;
        this.properties = properties;
        this.clock = clock;
    }

    void perform(Attempt attempt) {
        ClaimedTask task = attempt.task();
        ResourceType type = catalogue.type(task.type());
        if (task.awaited()) {
            awaiting.perform(attempt, type, Objects.requireNonNull(type.delete()));
            return;
        }
        Call get = type.get();
        if (task.step() == Destructions.LOOK && get != null) {
            Outcome outcome = calls.make(attempt, type, get, null).outcome();
            if (!(outcome instanceof Outcome.Answered)) {
                attempt.emit(result(attempt, looked(outcome, attempt).of(attempt, true)));
                return;
            }
        }
        send(attempt, type, Objects.requireNonNull(type.delete()));
    }

    private Change looked(Outcome outcome, Attempt attempt) {
        if (outcome instanceof Outcome.Absent) {
            return verifying(Destructions.SEND);
        }
        return lookingFirst(verdicts.on(outcome, attempt));
    }

    private void send(Attempt attempt, ResourceType type, Call delete) {
        // Before the intent, so that a restart finds few of them: waiting may take long.
        Gate.Pass pass = attempt.gate().pass(delete);
        Evidence intent = new Evidence(delete.row(false), "DELETE", null, null, null, clock.instant(), null, null);
        if (!attempt.intends(intent)) {
            throw new Gate.Refused();
        }
        int before = attempt.seen();
        try {
            Outcome outcome = calls.made(attempt, pass, type, delete).outcome();
            boolean counted = !(outcome instanceof Outcome.Throttled || outcome instanceof Outcome.CredentialsRejected);
            emit(attempt, before, sent(outcome, attempt), counted ? 0 : -1);
        } catch (Gate.Shut | DataAccessException | KeysetUnusable e) {
            throw e;
        } catch (RuntimeException e) {
            log.error(
                    "Job {} task {}: what the upstream answered to a DELETE could not be handled; it is looked at first",
                    attempt.task().job(),
                    attempt.task().id(),
                    e);
            Change verdict = lookingFirst(verdicts.poison(attempt, "the answer could not be handled"));
            emit(attempt, before, verdict, 0);
        }
    }

    /** The answer's evidence takes the place of the intent's; without an answer that stays. */
    private static void emit(Attempt attempt, int before, Change change, int attempts) {
        boolean answered = attempt.seen() > before;
        attempt.emit(
                result(attempt, answered ? change.answering(attempt, attempts) : change.counting(attempt, attempts)));
    }

    private Change sent(Outcome outcome, Attempt attempt) {
        return switch (outcome) {
            case Outcome.Accepted accepted ->
                accepted.operation() == null
                        ? verifying(Destructions.SEND)
                        : awaiting.begun(attempt, accepted.operation());
            case Outcome.Absent ignored ->
                verifying(attempt.task().attempts() == 0 ? Destructions.WAS_ABSENT : Destructions.SEND);
            case Outcome.InUse inUse -> inUse(attempt, inUse);
            case Outcome.Throttled ignored -> lookingFirst(verdicts.on(outcome, attempt));
            case Outcome.CredentialsRejected ignored -> lookingFirst(verdicts.on(outcome, attempt));
            case Outcome.Forbidden forbidden ->
                needsAction(
                        Reason.FORBIDDEN,
                        forbidden.words(),
                        "Grant the broker's identity the right to delete this, then retry.");
            case Outcome.Locked locked -> needsAction(Reason.LOCKED, locked.words(), "Remove the lock, then retry.");
            case Outcome.Unavailable unavailable ->
                lookingFirst(verdicts.again(attempt, Reason.UPSTREAM_UNAVAILABLE, unavailable.words()));
            case Outcome.Poison poison ->
                lookingFirst(verdicts.again(attempt, Reason.UPSTREAM_UNAVAILABLE, poison.words()));
            case Outcome.Answered ignored -> verifying(Destructions.SEND);
            case Outcome.Received ignored -> throw new IllegalArgumentException("A DELETE receives no content");
            case Outcome.AbsenceUnproven ignored -> verdicts.on(outcome, attempt);
            case Outcome.Retired ignored -> lookingFirst(verdicts.on(outcome, attempt));
            case Outcome.Rejected ignored -> verdicts.on(outcome, attempt);
            // It may have been taken: a retry looks first.
            case Outcome.Hostile ignored -> verdicts.on(outcome, attempt).going(Destructions.LOOK, null);
            case Outcome.Unaddressable ignored -> verdicts.on(outcome, attempt);
        };
    }

    static Change lookingFirst(Change change) {
        return change.state().terminal() ? change : change.going(Destructions.LOOK, null);
    }

    /** Children may seem to be there for a while after they have gone; longer than that something really is. */
    private Change inUse(Attempt attempt, Outcome.InUse inUse) {
        Instant since = attempt.task().failingSince();
        if (since != null && clock.instant().isAfter(since.plus(properties.patience()))) {
            return Change.to(
                    TaskState.FAILED,
                    Reason.IN_USE,
                    inUse.words() + ": something else still uses or fills it.",
                    "Remove what uses it, then retry.");
        }
        Duration delay = verdicts.delay(Math.max(0, attempt.task().attempts() - 1));
        Duration longest = properties.patience().dividedBy(10);
        return Change.retry(
                        attempt.task(),
                        Reason.IN_USE,
                        inUse.words() + ": something else still uses or fills it.",
                        delay.compareTo(longest) < 0 ? delay : longest)
                .going(Destructions.SEND, null);
    }

    private static Change needsAction(Reason reason, String words, String advice) {
        return Change.to(TaskState.NEEDS_ACTION, reason, words, advice);
    }

    /** The first reading may come at once. */
    static Change verifying(int step) {
        return Change.to(TaskState.VERIFYING).going(step, null).after(Duration.ZERO);
    }

    private static Result result(Attempt attempt, io.dsrbroker.job.TaskChange change) {
        return new Result(attempt.task(), change, List.of(), List.of(), Map.of(), List.of(), true, attempt.millis());
    }
}
