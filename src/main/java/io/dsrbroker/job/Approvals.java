package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets a second person approve or deny a plan. */
@Service
public class Approvals {

    private final LockedJobs jobs;
    private final Plans plans;
    private final ApprovalRows approvals;
    private final Passes passes;
    private final JdbcClient jdbc;

    Approvals(LockedJobs jobs, Plans plans, ApprovalRows approvals, Passes passes, JdbcClient jdbc) {
        this.jobs = jobs;
        this.plans = plans;
        this.approvals = approvals;
        this.passes = passes;
        this.jdbc = jdbc;
    }

    /**
     * What is approved.
     *
     * @param planHash the plan that the approver has seen
     * @param exclude what is left out of it
     */
    public record Approval(
            String planHash,
            List<Exclusion> exclude,
            @Nullable String comment) {}

    /** A resource that is left out, and why. */
    public record Exclusion(UUID taskId, String reason) {}

    /**
     * Approves exactly this plan; what happens next is looking whether it still holds.
     *
     * @throws SamePerson when the caller created the request
     * @throws WrongStage when no plan waits for approval
     * @throws PlanChanged when the current plan is another
     * @throws UnknownTasks when an excluded task is not in the plan
     */
    @Transactional
    public void approve(JobId id, Approval approval, Caller caller) {
        Job job = jobs.get(id);
        SamePerson.throwIfCreatedBy(job, caller);
        WrongStage.throwUnless(job, Stage.AWAITING_APPROVAL, "No plan waits for approval.");
        String current = plans.hash(id).orElseThrow();
        if (!current.equals(approval.planHash())) {
            throw new PlanChanged(current);
        }
        requireKnown(id, approval.exclude());
        approvals.keep(id, clean(job, approval), caller);
        jobs.tell(
                job,
                caller,
                Acted.APPROVED,
                Map.of(
                        "planHash",
                        current,
                        "excluded",
                        approval.exclude().size(),
                        "excludedTasks",
                        approval.exclude().stream()
                                .map(exclusion -> exclusion.taskId().toString())
                                .toList()));
        job.explain(null);
        passes.begin(job, job.exportFirst() ? Phase.EXPORTING : Phase.CHECKING);
        jobs.bringUpToDate(job);
    }

    private Approval clean(Job job, Approval approval) {
        String comment = approval.comment();
        return new Approval(
                approval.planHash(),
                approval.exclude().stream()
                        .map(one -> new Exclusion(one.taskId(), jobs.clean(job, one.reason())))
                        .toList(),
                comment == null ? null : jobs.clean(job, comment));
    }

    private void requireKnown(JobId job, List<Exclusion> exclude) {
        Set<UUID> known = new HashSet<>(jdbc.sql("""
                        select p.task_id from plan_item p join plan l on l.job_id = p.job_id and p.pass >= l.pass
                        where p.job_id = :job and p.task_id = any(:ids)
                        """)
                .param("job", job.value())
                .param("ids", exclude.stream().map(Exclusion::taskId).toArray(UUID[]::new))
                .query(Rows.ID)
                .list());
        List<Integer> unknown = IntStream.range(0, exclude.size())
                .filter(index -> !known.contains(exclude.get(index).taskId()))
                .boxed()
                .toList();
        if (!unknown.isEmpty()) {
            throw new UnknownTasks("/exclude/", "/taskId", unknown);
        }
    }

    /** Denies the request: nothing more is deleted for it. */
    @Transactional
    public void deny(JobId id, Denial reason, @Nullable String comment, Caller caller) {
        Job job = jobs.get(id);
        SamePerson.throwIfCreatedBy(job, caller);
        WrongStage.throwUnless(job, Stage.AWAITING_APPROVAL, "No plan waits for approval.");
        jobs.tell(
                job,
                caller,
                "denied",
                comment == null
                        ? Map.of("reason", reason.word())
                        : Map.of("reason", reason.word(), "comment", jobs.clean(job, comment)));
        job.explain(reason.word());
        jobs.stop(job, Stage.DENIED);
    }
}
