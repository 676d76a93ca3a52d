package io.dsrbroker.callback;

import io.dsrbroker.shared.BrokerProblem;
import java.util.UUID;

/** The request has no callback of this id. */
public final class NoSuchCallback extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    /** Of this id. */
    public NoSuchCallback(UUID id) {
        super(404, "not-found", "Not found", "The request has no such callback.");
    }
}
