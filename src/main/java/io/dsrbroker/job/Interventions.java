package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets people stop a job for a while or for good, and move its deadline. */
@Service
public class Interventions {

    /** No new upstream call while it stands; holding what is held changes nothing. */
    @Transactional
    public void hold(JobId id, String reason, Caller caller) {
        throw new UnsupportedOperationException();
    }

    /** Ends a hold. */
    @Transactional
    public void release(JobId id, String reason, Caller caller) {
        throw new UnsupportedOperationException();
    }

    /** Stops a job for good; {@link WrongStage} once the first DELETE was about to be sent. */
    @Transactional
    public void cancel(JobId id, String reason, Caller caller) {
        throw new UnsupportedOperationException();
    }

    /** Moves the deadline, once, by whole days. */
    @Transactional
    public void extend(JobId id, int days, String reason, Caller caller) {
        throw new UnsupportedOperationException();
    }
}
