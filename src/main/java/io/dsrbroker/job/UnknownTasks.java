package io.dsrbroker.job;

import io.dsrbroker.shared.BrokerProblem;
import java.util.List;
import java.util.Map;

/** A decision or an approval names tasks that the request, or its plan, does not have. */
public final class UnknownTasks extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    UnknownTasks(String array, String member, List<Integer> indexes) {
        super(
                422,
                "validation",
                "The request is not valid",
                "Some of the tasks do not belong to this request.",
                Map.of(),
                indexes.stream()
                        .map(index -> new FieldError(array + index + member, "No such task in this request."))
                        .toList());
    }
}
