package io.dsrbroker.housekeeping;

import io.dsrbroker.export.Payloads;
import io.dsrbroker.job.Erasures;
import io.dsrbroker.shared.JobId;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Erases jobs whose time is over: first the key, and with it all that was sealed; then the bytes that nobody can open any
 * more. The job, its audit trail and its receipt stay.
 */
@Component
class Retention {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final int AT_ONCE = 100;

    private final Erasures erasures;
    private final Payloads payloads;

    Retention(Erasures erasures, Payloads payloads) {
        this.erasures = erasures;
        this.payloads = payloads;
    }

    /** Does what is due now. */
    void look() {
        each(erasures.spentSecrets(AT_ONCE), erasures::forgetSecrets);
        each(erasures.due(AT_ONCE), erasures::erase);
        each(erasures.unswept(AT_ONCE), job -> {
            payloads.discard(job);
            erasures.swept(job);
        });
    }

    /** One job that cannot be erased now keeps no other waiting. */
    private static void each(List<JobId> jobs, Consumer<JobId> action) {
        for (JobId job : jobs) {
            try {
                action.accept(job);
            } catch (RuntimeException e) {
                log.error("Job {} could not be erased; that is tried again", job, e);
            }
        }
    }
}
