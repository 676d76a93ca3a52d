package io.dsrbroker.job;

import io.dsrbroker.shared.BrokerProblem;
import java.util.UUID;

/** The request has no task of this id. */
public final class NoSuchTask extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    NoSuchTask(UUID id) {
        super(404, "not-found", "Not found", "The request has no such resource task.");
    }
}
