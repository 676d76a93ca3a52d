package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem;
import java.util.List;
import java.util.Map;

/** A client that is restricted to some targets asks for others. */
final class TargetNotAllowed extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    private static final String DETAIL = "The client may not have to do with this target.";

    private TargetNotAllowed(List<FieldError> errors) {
        super(
                403,
                "target-not-allowed",
                "Target not allowed",
                "The client that the access token was issued to is restricted to other targets; nothing was kept.",
                Map.of(),
                List.copyOf(errors));
    }

    /** The target that is the whole body. */
    static TargetNotAllowed whole() {
        return new TargetNotAllowed(List.of(new FieldError("", DETAIL)));
    }

    /** The targets at these places of a request. */
    static void throwIfAny(List<Integer> places) {
        if (!places.isEmpty()) {
            throw new TargetNotAllowed(places.stream()
                    .map(place -> new FieldError("/targets/" + place, DETAIL))
                    .toList());
        }
    }

    /** Some of the estate; to carry the request out at the others only would look as if there were no data there. */
    static TargetNotAllowed estate() {
        return new TargetNotAllowed(List.of(new FieldError(
                "/targets", "The client may not have to do with every registered target; name those to look at.")));
    }
}
