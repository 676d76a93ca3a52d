package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem;

/** No target is registered under this name. */
final class NoSuchTarget extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    NoSuchTarget() {
        super(404, "not-found", "Not found", "There is no registered target of this name.");
    }
}
