package io.dsrbroker.lane;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.Completeness;
import io.dsrbroker.catalogue.Documents;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.job.Reason;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.upstream.Outcome;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Says whether a list that was read to its end is all there is; some upstreams are silent about what they leave out. */
@Component
class CompletenessCheck {

    private final Catalogue catalogue;
    private final Calls calls;
    private final Verdicts verdicts;

    CompletenessCheck(Catalogue catalogue, Calls calls, Verdicts verdicts) {
        this.catalogue = catalogue;
        this.calls = calls;
        this.verdicts = verdicts;
    }

    Change check(Attempt attempt, ResourceType type, int received) {
        Completeness rule = type.completeness();
        if (rule == null) {
            return Change.to(TaskState.DISCOVERED);
        }
        if (rule.secret() != null && !attempt.job().secrets().containsKey(rule.secret())) {
            return Change.to(
                    TaskState.INCOMPLETE,
                    Reason.TOKEN_MISSING,
                    "Without an access token only public items are shown.",
                    rule.advice());
        }
        ResourceType counted = catalogue.type(rule.type());
        Outcome outcome = calls.make(attempt, counted, Objects.requireNonNull(counted.get()), null)
                .outcome();
        if (outcome instanceof Outcome.Absent && received == 0) {
            return Change.to(TaskState.DISCOVERED);
        }
        if (!(outcome instanceof Outcome.Answered answered)) {
            Change verdict = outcome instanceof Outcome.Absent ? unknown(rule) : verdicts.on(outcome, attempt);
            return verdict.state() == TaskState.RETRY_WAIT ? verdict : unknown(rule);
        }
        JsonNode expected = Documents.at(answered.body(), rule.pointer());
        if (expected == null || !expected.isIntegralNumber()) {
            return unknown(rule);
        }
        return received >= expected.asLong()
                ? Change.to(TaskState.DISCOVERED)
                : Change.to(
                        TaskState.INCOMPLETE,
                        Reason.TOKEN_SUSPECT,
                        "%d of %d items were shown; the access token has probably expired."
                                .formatted(received, expected.asLong()),
                        rule.advice());
    }

    private static Change unknown(Completeness rule) {
        return Change.to(
                TaskState.INCOMPLETE,
                Reason.COUNT_UNKNOWN,
                "How many items there should be could not be read.",
                rule.advice());
    }
}
