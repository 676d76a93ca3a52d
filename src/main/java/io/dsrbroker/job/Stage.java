package io.dsrbroker.job;

/** Where a job stands. */
public enum Stage {
    /** Kept, nothing asked of an upstream yet. */
    RECEIVED(Status.PENDING),
    /** Finding out what there is. */
    PLANNING(Status.PENDING),
    /** A second person must approve the plan. */
    AWAITING_APPROVAL(Status.PENDING),
    /** Exporting or deleting. */
    IN_PROGRESS(Status.IN_PROGRESS),
    /** Re-reading until absence is proven. */
    VERIFYING(Status.IN_PROGRESS),
    /** Every task ended good or neutral. */
    COMPLETED(Status.COMPLETED),
    /** It ended, and what did not end good is listed by name. */
    COMPLETED_WITH_EXCEPTIONS(Status.COMPLETED),
    /** It ended without one good task. */
    FAILED(Status.FAILED),
    /** A person refused it. */
    DENIED(Status.CANCELLED),
    /** A person stopped it before anything was destroyed. */
    CANCELLED(Status.CANCELLED);

    private final Status status;

    Stage(Status status) {
        this.status = status;
    }

    /** The coarse status, in OpenDSR's words. */
    public Status status() {
        return status;
    }

    /** Whether nothing more will happen by itself. */
    public boolean ended() {
        return status != Status.PENDING && status != Status.IN_PROGRESS;
    }

    /** OpenDSR's words for how far a request is. */
    public enum Status {
        /** Work has not begun. */
        PENDING,
        /** Work is under way. */
        IN_PROGRESS,
        /** Work is done. */
        COMPLETED,
        /** Work ended without result. */
        FAILED,
        /** Work will not be done. */
        CANCELLED
    }
}
