package io.dsrbroker.job;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
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
    private final Outcomes outcomes;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Transitions(
            StageChanges changes,
            ActiveDeletes active,
            Outcomes outcomes,
            ApplicationEventPublisher events,
            Clock clock) {
        this.changes = changes;
        this.active = active;
        this.outcomes = outcomes;
        this.events = events;
        this.clock = clock;
    }

    /** Moves a job, unless it is there; one that has ended gives its subject free. */
    void enter(Job job, Stage next) {
        // As exact as the database keeps it, so that a receipt says the same as a view.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Stage before = job.stage();
        if (!job.enter(next, now)) {
            return;
        }
        changes.record(job.id(), next, now);
        log.info("Job {} went from {} to {}", job.id(), before, next);
        events.publishEvent(new Acted(job.id(), Caller.SYSTEM, Acted.STAGE_CHANGED, detail(job, before)));
        if (next.ended()) {
            events.publishEvent(new JobEnded(job.id(), job.type(), next));
            if (job.type() == RequestType.DELETE) {
                active.free(job.id());
            }
        }
    }

    /** The last entry of a job says what its tasks came to, so that an outcome changed afterwards shows. */
    private Map<String, Object> detail(Job job, Stage before) {
        Map<String, Object> change =
                Map.of("from", before.name(), "to", job.stage().name());
        if (!job.stage().ended()) {
            return change;
        }
        Outcomes.Sum sum = outcomes.sum(job.id());
        Map<String, Object> ending = new HashMap<>(change);
        ending.put("counts", sum.counts());
        ending.put(Acted.OUTCOMES_HASH, sum.hash());
        return ending;
    }
}
