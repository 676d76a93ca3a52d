package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem;
import java.util.List;
import java.util.Map;

/** The body is JSON, but not what this call takes; it names every field at fault. */
final class InvalidBody extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    /** So that an answer is not much longer than the body that it answers. */
    static final int MOST = 100;

    private InvalidBody(List<FieldError> errors) {
        super(
                422,
                "validation",
                "The request is not valid",
                "Some fields of the body are not valid; nothing was kept.",
                Map.of(),
                errors.stream().limit(MOST).toList());
    }

    static void throwIfAny(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new InvalidBody(errors);
        }
    }
}
