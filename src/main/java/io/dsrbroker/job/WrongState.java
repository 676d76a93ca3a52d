package io.dsrbroker.job;

import io.dsrbroker.shared.BrokerProblem;
import java.util.List;
import java.util.Map;

/** The resource task is not where this can be done. */
public final class WrongState extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    /** With the state in which it is. */
    public WrongState(TaskState state, String detail) {
        super(409, "wrong-state", "Wrong state", detail, Map.of("state", state.name()), List.of());
    }
}
