package io.dsrbroker.job;

import io.dsrbroker.shared.BrokerProblem;
import java.util.List;
import java.util.Map;

/** A decision names tasks that the request does not have. */
public final class UnknownTasks extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    UnknownTasks(List<Integer> indexes) {
        super(
                422,
                "validation",
                "The request is not valid",
                "Some of the tasks do not belong to this request.",
                Map.of(),
                indexes.stream()
                        .map(index -> new FieldError("/taskIds/" + index, "No such task in this request."))
                        .toList());
    }
}
