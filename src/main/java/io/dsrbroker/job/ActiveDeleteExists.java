package io.dsrbroker.job;

import io.dsrbroker.shared.BrokerProblem;
import io.dsrbroker.shared.JobId;
import java.util.List;
import java.util.Map;

/** Another delete of the same subject is under way. */
public final class ActiveDeleteExists extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    /** That one. */
    public ActiveDeleteExists(JobId other) {
        super(
                409,
                "active-delete-exists",
                "A delete is under way",
                "A delete of a subject with one of these identifiers is under way; only one may be at a time.",
                Map.of("requestId", other.toString(), "request", "/api/v1/requests/" + other),
                List.of());
    }
}
