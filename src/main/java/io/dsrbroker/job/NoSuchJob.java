package io.dsrbroker.job;

import io.dsrbroker.shared.BrokerProblem;
import io.dsrbroker.shared.JobId;

/** No request has this id. */
public final class NoSuchJob extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    /** Of this id. */
    public NoSuchJob(JobId id) {
        super(404, "not-found", "Not found", "There is no such request.");
    }
}
