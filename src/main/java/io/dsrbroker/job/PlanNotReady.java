package io.dsrbroker.job;

import io.dsrbroker.shared.BrokerProblem;
import java.util.List;
import java.util.Map;

/** Discovery has not ended, so there is no plan yet. */
public final class PlanNotReady extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    /** In this stage. */
    public PlanNotReady(Stage stage) {
        super(
                409,
                "plan-not-ready",
                "The plan is not ready",
                "It is still being found out what there is to delete.",
                Map.of("stage", stage.name()),
                List.of());
    }
}
