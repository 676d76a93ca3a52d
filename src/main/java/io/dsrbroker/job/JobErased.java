package io.dsrbroker.job;

import io.dsrbroker.shared.BrokerProblem;

/** What was kept of the subject has been destroyed, so nothing more can be done for this request. */
public final class JobErased extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    /** Whatever was asked for. */
    public JobErased() {
        super(
                410,
                "request-erased",
                "Request erased",
                "What was kept of the person has been destroyed. Send a new request instead.");
    }

    static void throwIfErased(Job job) {
        if (job.erased()) {
            throw new JobErased();
        }
    }
}
