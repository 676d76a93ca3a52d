package io.dsrbroker.job;

import io.dsrbroker.catalogue.Catalogue;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Leads a delete from phase to phase: planned, proposed, approved, exported, checked, carried out. Whoever calls it
 * holds the job's row.
 */
@Component
class DeleteCourse {

    /** The stage's reason when an approved plan no longer holds. */
    static final String PLAN_DRIFTED = "PLAN_DRIFTED";

    private final Passes passes;
    private final PlanItems items;
    private final Proposals proposals;
    private final PlanTasks tasks;
    private final Deletions deletions;

    DeleteCourse(Passes passes, PlanItems items, Proposals proposals, PlanTasks tasks, Deletions deletions) {
        this.passes = passes;
        this.items = items;
        this.proposals = proposals;
        this.tasks = tasks;
        this.deletions = deletions;
    }

    /** What a course needs to propose plans and to carry approved ones out. */
    @Component
    record Proposals(Plans plans, ApprovalRows approvals, Catalogue catalogue, ApplicationEventPublisher events) {}

    /** Moves a job as far as its tasks allow. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void goOn(Job job) {
        switch (job.phase()) {
            case PLANNING -> {
                if (!passes.discovering(job)) {
                    items.conclude(job.id(), job.pass());
                    tasks.bury(job);
                    propose(job, Optional.empty());
                }
            }
            case PROPOSED -> {}
            case EXPORTING -> {
                if (!passes.discovering(job) && !passes.exporting(job) && holds(job)) {
                    passes.begin(job, Phase.CHECKING);
                }
            }
            case CHECKING -> {
                if (!passes.discovering(job) && !passes.exporting(job) && holds(job)) {
                    carryOut(job);
                }
            }
            case DELETING -> deletions.goOn(job.id());
        }
    }

    /** Whether the newest pass found what the approved plan says; if not, a new plan is proposed. */
    private boolean holds(Job job) {
        items.conclude(job.id(), job.pass());
        Optional<PlanViews.Difference> difference = proposals.plans().difference(job);
        difference.ifPresent(found -> {
            proposals.approvals().invalidate(job.id());
            tasks.bury(job);
            propose(job, difference);
        });
        if (difference.isEmpty() && !proposals.approvals().valid(job.id())) {
            // A plan that was denied after something of it had been done, and is tried again: people decide anew.
            propose(job, difference);
            return false;
        }
        return difference.isEmpty();
    }

    private void propose(Job job, Optional<PlanViews.Difference> difference) {
        String hash = proposals.plans().propose(job, difference.orElse(null));
        tasks.align(job);
        job.enter(Phase.PROPOSED);
        job.explain(difference.isPresent() ? PLAN_DRIFTED : null);
        Map<String, Object> detail = difference
                .<Map<String, Object>>map(found -> Map.of(
                        "planHash", hash,
                        "added", found.addedCount(),
                        "vanished", found.vanishedCount(),
                        "changed", found.changedCount()))
                .orElse(Map.of("planHash", hash));
        proposals
                .events()
                .publishEvent(new Acted(
                        job.id(), Caller.SYSTEM, difference.isPresent() ? "plan-drifted" : "plan-proposed", detail));
    }

    private void carryOut(Job job) {
        tasks.align(job);
        proposals.approvals().exclude(job.id());
        if (job.exportFirst()) {
            tasks.keepUnexported(job.id());
        }
        proposals.catalogue().types().values().forEach(type -> {
            String instruction = type.manual();
            if (instruction != null) {
                tasks.askPeople(job.id(), type.name(), instruction);
            }
        });
        job.enter(Phase.DELETING);
        proposals.events().publishEvent(new Acted(job.id(), Caller.SYSTEM, "plan-confirmed", Map.of()));
        deletions.goOn(job.id());
    }
}
