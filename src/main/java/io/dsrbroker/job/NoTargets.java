package io.dsrbroker.job;

import io.dsrbroker.shared.BrokerProblem;
import java.util.List;
import java.util.Map;

/** The request names no target and none is registered. */
public final class NoTargets extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    private NoTargets() {
        super(
                422,
                "no-targets",
                "No targets",
                "The request names no targets and none is registered, so there is nowhere to look.",
                Map.of(),
                List.of(new FieldError("/targets", "Name at least one target, or register the estate first.")));
    }

    static void throwIfEmpty(List<Target> targets) {
        if (targets.isEmpty()) {
            throw new NoTargets();
        }
    }
}
