package io.dsrbroker.job;

import io.dsrbroker.shared.BrokerProblem;

/** Only deletes have a plan. */
public final class NoPlan extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    NoPlan() {
        super(404, "not-found", "Not found", "This request is an export and has no plan.");
    }
}
