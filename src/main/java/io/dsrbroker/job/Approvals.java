package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets a second person approve or deny a plan. */
@Service
public class Approvals {

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
        throw new UnsupportedOperationException();
    }

    /** Denies the request: nothing is ever deleted for it. */
    @Transactional
    public void deny(JobId id, Denial reason, @Nullable String comment, Caller caller) {
        throw new UnsupportedOperationException();
    }
}
