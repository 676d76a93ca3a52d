package io.dsrbroker.job;

import io.dsrbroker.shared.BrokerProblem;
import java.util.List;
import java.util.Map;

/** An approval names another plan than the current one. */
public final class PlanChanged extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    PlanChanged(String currentHash) {
        super(
                409,
                "plan-changed",
                "The plan has changed",
                "The plan is no longer the one that this approval names. Read it again and approve what it says now.",
                Map.of("planHash", currentHash),
                List.of());
    }
}
