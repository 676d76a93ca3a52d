package io.dsrbroker.audit;

import io.dsrbroker.job.Acted;
import io.dsrbroker.job.Administered;
import io.dsrbroker.job.Caller;
import io.dsrbroker.shared.JobId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes down what was done, in the transaction that does it.
 *
 * <p>Whoever tells of a job holds the lock on the job's row, or has just made it; so nobody else takes the same number.
 * What belongs to no job goes into the broker's own chain, where writers wait for each other.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class AuditTrail {

    private final AuditEntries entries;
    private final Receipts receipts;
    private final Clock clock;

    AuditTrail(AuditEntries entries, Receipts receipts, Clock clock) {
        this.entries = entries;
        this.receipts = receipts;
        this.clock = clock;
    }

    @EventListener
    void write(Acted acted) {
        AuditEntry entry = append(acted.job(), acted.actor(), acted.action(), acted.detail());
        if (acted.ends()) {
            receipts.issue(acted.job(), entry);
        }
    }

    @EventListener
    void write(Administered administered) {
        entries.lockBrokersChain();
        append(AuditEntries.BROKER, administered.actor(), administered.action(), administered.detail());
    }

    private AuditEntry append(JobId chain, Caller actor, String action, Map<String, Object> detail) {
        AuditEntry entry = AuditEntry.behind(
                entries.newest(chain).orElse(null),
                // As exact as the database keeps it: the hash is over what will be read.
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                actor,
                action,
                detail);
        entries.add(chain, entry);
        return entry;
    }
}
