package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes a person's word that they did by hand what no call can do; then the broker looks for itself. */
@Service
public class Confirmations {

    /**
     * What was done.
     *
     * @param evidenceSha256 of a screenshot or the like, 64 lower-case hex digits
     */
    public record Confirmation(String note, Instant doneAt, String evidenceSha256) {}

    /** Confirms a MANUAL task; {@link WrongState} when it does not wait for that. */
    @Transactional
    public void confirm(JobId id, UUID task, Confirmation confirmation, Caller caller) {
        throw new UnsupportedOperationException();
    }
}
