package io.dsrbroker.api;

import io.dsrbroker.job.Decision;
import io.dsrbroker.job.Decisions.Selection;
import io.dsrbroker.shared.BrokerProblem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads what a person decided about things of unknown owner. */
final class DecisionReader {

    private DecisionReader() {}

    /** What was decided, about what, and why. */
    record DecisionMade(Decision decision, Selection selection, String reason) {}

    static DecisionMade read(Body body) {
        List<FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(body, errors);
        fields.require("decision", "reason");
        Optional<Decision> decision = fields.choice("decision", Decision.class);
        Optional<String> reason = fields.text("reason", Check.PROSE);
        Optional<List<UUID>> taskIds = fields.texts("taskIds", Check.UUID)
                .map(ids -> ids.stream().map(UUID::fromString).toList());
        Selection selection = new Selection(
                taskIds.orElse(null),
                fields.text("type", Check.LABEL).orElse(null),
                fields.text("target", Check.LABEL).orElse(null));
        fields.nothingElse();
        boolean byPlace = fields.has("type") || fields.has("target");
        if (fields.has("taskIds") == byPlace) {
            fields.refuse("Give either taskIds, or type, target or both.");
        }
        if (taskIds.isPresent() && taskIds.get().isEmpty() && errors.isEmpty()) {
            fields.refuse("taskIds", "Must not be empty.");
        }
        InvalidBody.throwIfAny(errors);
        return new DecisionMade(decision.orElseThrow(), selection, reason.orElseThrow());
    }
}
