package io.dsrbroker.housekeeping;

import io.dsrbroker.export.Payloads;
import io.dsrbroker.job.Erasures;
import io.dsrbroker.shared.JobId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
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
        each(erasures::spentSecrets, erasures::forgetSecrets);
        each(erasures::due, erasures::erase);
        each(erasures::unswept, job -> {
            payloads.discard(job);
            erasures.swept(job);
        });
    }

    /** One job that cannot be erased now keeps no other waiting. */
    private static void each(BiFunction<Set<JobId>, Integer, List<JobId>> next, Consumer<JobId> action) {
        Set<JobId> seen = new HashSet<>();
        List<JobId> jobs = next.apply(seen, AT_ONCE);
        while (!jobs.isEmpty()) {
            for (JobId job : jobs) {
                try {
                    action.accept(job);
                } catch (RuntimeException e) {
                    log.error("Job {} could not be erased; that is tried again", job, e);
                }
            }
            seen.addAll(jobs);
            jobs = next.apply(seen, AT_ONCE);
        }
    }
}
