package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem;

/** There is no problem of this name. */
final class NoSuchProblem extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    NoSuchProblem() {
        super(404, "not-found", "Not found", "There is no such problem.");
    }
}
