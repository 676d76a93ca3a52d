package io.dsrbroker.job;

import io.dsrbroker.shared.BrokerProblem;

/** Who created a request may not decide on it. */
public final class SamePerson extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    private SamePerson() {
        super(
                403,
                "same-person",
                "A second person must decide",
                "You created this request; another person must decide on it.");
    }

    static void throwIfCreatedBy(Job job, Caller caller) {
        if (job.createdBySub().equals(caller.sub())) {
            throw new SamePerson();
        }
    }
}
