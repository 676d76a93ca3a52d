package io.dsrbroker.audit;

import io.dsrbroker.job.Acted;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes down what was done, in the transaction that does it.
 *
 * <p>Whoever tells of it holds the lock on the job's row, or has just made it; so nobody else takes the same number.
 */
@Component
class AuditTrail {

    private final AuditEntries entries;
    private final Clock clock;

    AuditTrail(AuditEntries entries, Clock clock) {
        this.entries = entries;
        this.clock = clock;
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void write(Acted acted) {
        entries.add(
                acted.job(),
                AuditEntry.behind(
                        entries.newest(acted.job()).orElse(null),
                        // As exact as the database keeps it: the hash is over what will be read.
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        acted.actor(),
                        acted.action(),
                        acted.detail()));
    }
}
