package io.dsrbroker.lane;

import io.dsrbroker.catalogue.Call;
import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.Documents;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.job.Births;
import io.dsrbroker.job.Harvest;
import io.dsrbroker.job.Reason;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.job.Verifications.Reading;
import io.dsrbroker.upstream.Continuation;
import io.dsrbroker.upstream.Outcome;
import io.dsrbroker.upstream.Page;
import io.dsrbroker.vault.KeysetUnusable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.JsonNode;

/** Reads the list again from which resources came, to see which of them are still there. */
@Component
class Verifying {

    private static final Logger log = LoggerFactory.getLogger(Verifying.class);

    private final Catalogue catalogue;
    private final Calls calls;
    private final Verdicts verdicts;
    private final CompletenessCheck completeness;

    Verifying(Catalogue catalogue, Calls calls, Verdicts verdicts, CompletenessCheck completeness) {
        this.catalogue = catalogue;
        this.calls = calls;
        this.verdicts = verdicts;
        this.completeness = completeness;
    }

    void perform(Attempt attempt) {
        Reading reading;
        try {
            reading = read(attempt);
        } catch (Gate.Shut | DataAccessException | TransactionException | KeysetUnusable e) {
            throw e;
        } catch (RuntimeException e) {
            log.error(
                    "Job {} task {}: what the upstream answered could not be handled; its list is read again",
                    attempt.task().job(),
                    attempt.task().id(),
                    e);
            reading = new Reading.Later(verdicts.delay(3), Reason.POISON, "The answer could not be handled.");
        }
        attempt.emit(new Result(
                attempt.task(),
                Change.to(attempt.task().verifying() == null ? TaskState.READY : TaskState.DISCOVERED)
                        .of(attempt, false),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                reading,
                true,
                attempt.millis()));
    }

    private Reading read(Attempt attempt) {
        ResourceType type = catalogue.type(attempt.task().type());
        Call call =
                Objects.requireNonNull(Births.discoveryCall(type, attempt.task().place()));
        Set<String> keys = new HashSet<>();
        Set<String> seen = new HashSet<>();
        @Nullable Continuation at = null;
        boolean nameless = false;
        while (true) {
            Outcome outcome = calls.make(attempt, type, call, at).outcome();
            if (!(outcome instanceof Outcome.Answered answered)) {
                return outcome instanceof Outcome.Absent && !call.equals(type.get())
                        ? new Reading.ListGone()
                        : failed(outcome, attempt);
            }
            if (call.equals(type.get())) {
                return new Reading.Shown();
            }
            Optional<Page> page = Page.of(answered.body());
            if (page.isEmpty()) {
                return new Reading.Unproven(Reason.POISON, "The answer is no list.");
            }
            for (JsonNode item : page.get().items()) {
                Optional<String> key = Documents.key(type, item);
                keys.add(key.orElseGet(() -> Harvest.substitute(item)));
                nameless |= key.isEmpty();
            }
            Continuation next = page.get().next();
            if (next == null) {
                return listed(attempt, type, keys, nameless);
            }
            if (next.equals(at) || !seen.add(next.toString())) {
                return new Reading.Unproven(Reason.PAGING_LOOP, "The list led back to a page that was already read.");
            }
            at = next;
        }
    }

    private Reading listed(Attempt attempt, ResourceType type, Set<String> keys, boolean nameless) {
        if (type.completeness() == null) {
            return new Reading.Listed(keys, true, nameless);
        }
        Change change = completeness.check(attempt, type, keys.size());
        return change.state() == TaskState.RETRY_WAIT && change.retryAfter() != null
                ? new Reading.Later(change.retryAfter(), Reason.UPSTREAM_UNAVAILABLE, "It could not be read.")
                : new Reading.Listed(keys, change.state() == TaskState.DISCOVERED, nameless);
    }

    private Reading failed(Outcome outcome, Attempt attempt) {
        return switch (outcome) {
            case Outcome.Absent ignored -> new Reading.Gone();
            case Outcome.Unavailable unavailable ->
                new Reading.Later(verdicts.delay(3), Reason.UPSTREAM_UNAVAILABLE, unavailable.words());
            case Outcome.Retired retired ->
                retired.exchange().status() == null
                        ? new Reading.Later(verdicts.delay(3), Reason.UPSTREAM_UNAVAILABLE, retired.words())
                        : new Reading.Retired(retired.words() + ": the service no longer exists.");
            case Outcome.AbsenceUnproven unproven ->
                new Reading.Unproven(
                        Reason.ABSENCE_UNPROVEN,
                        unproven.words() + ": not found, in a way that does not prove that it is gone.");
            case Outcome.Forbidden forbidden ->
                new Reading.Unproven(Reason.FORBIDDEN, forbidden.words() + ": it may not be looked for.");
            case Outcome.Locked locked -> new Reading.Unproven(Reason.LOCKED, locked.words());
            case Outcome.InUse inUse -> new Reading.Unproven(Reason.IN_USE, inUse.words());
            case Outcome.Rejected rejected -> new Reading.Unproven(Reason.REJECTED, rejected.words());
            case Outcome.Poison poison -> new Reading.Unproven(Reason.POISON, poison.words());
            case Outcome.Hostile hostile -> new Reading.Unproven(Reason.HOSTILE_URL, hostile.words());
            case Outcome.Unaddressable ignored ->
                new Reading.Unproven(Reason.LOCATION_UNKNOWN, "Nothing said where to look for it.");
            case Outcome.Throttled ignored -> paused(outcome, attempt);
            case Outcome.CredentialsRejected ignored -> paused(outcome, attempt);
            case Outcome.Answered ignored -> throw new IllegalArgumentException("An answer is no failure");
            case Outcome.Accepted ignored -> throw new IllegalArgumentException("A reading deletes nothing");
            case Outcome.Received ignored -> throw new IllegalArgumentException("A reading receives no content");
        };
    }

    /** The lane pauses, and the list is read again after that. */
    private Reading paused(Outcome outcome, Attempt attempt) {
        Change verdict = verdicts.on(outcome, attempt);
        Duration pause = Objects.requireNonNullElse(verdict.retryAfter(), Duration.ofMinutes(1));
        return new Reading.Later(pause, Reason.THROTTLED, "It could not be read yet.");
    }
}
