package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tries again what did not end good. */
@Service
public class Retries {

    /** Everything of a job that did not end good and that another try can help. */
    @Transactional
    public void retry(JobId id, Caller caller) {
        throw new UnsupportedOperationException();
    }

    /** One task. {@link WrongState} when it ended good, or when trying again cannot help. */
    @Transactional
    public void retry(JobId id, UUID task, Caller caller) {
        throw new UnsupportedOperationException();
    }
}
