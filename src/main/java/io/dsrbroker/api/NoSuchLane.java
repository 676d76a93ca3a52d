package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem;

/** No lane has this name; a lane comes to be with its first task. */
final class NoSuchLane extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    NoSuchLane() {
        super(404, "not-found", "Not found", "There is no lane of this name.");
    }
}
