package io.dsrbroker.job;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Moves jobs from stage to stage, and tells of it in the same transaction. */
@Component
class Transitions {

    private static final Logger log = LoggerFactory.getLogger(Transitions.class);

    private final StageChanges changes;
    private final ActiveDeletes active;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Transitions(StageChanges changes, ActiveDeletes active, ApplicationEventPublisher events, Clock clock) {
        this.changes = changes;
        this.active = active;
        this.events = events;
        this.clock = clock;
    }

    /** Moves a job, unless it is there; one that has ended gives its subject free. */
    void enter(Job job, Stage next) {
        Instant now = clock.instant();
        Stage before = job.stage();
        if (!job.enter(next, now)) {
            return;
        }
        changes.record(job.id(), next, now);
        log.info("Job {} went from {} to {}", job.id(), before, next);
        events.publishEvent(
                new Acted(job.id(), Caller.SYSTEM, "stage-changed", Map.of("from", before.name(), "to", next.name())));
        if (next.ended() && job.type() == RequestType.DELETE) {
            active.free(job.id());
        }
    }
}
