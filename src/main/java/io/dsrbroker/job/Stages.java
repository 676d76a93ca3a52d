package io.dsrbroker.job;

/** The one place that says which stage a job is in: a pure function of what its tasks add up to. */
final class Stages {

    private Stages() {}

    /**
     * What a job's tasks add up to.
     *
     * @param touched whether any task was tried or has ended
     * @param working whether there are tasks beyond discovery
     * @param open whether a task has not ended
     * @param good whether a task ended good
     * @param exception whether a task ended as an exception
     * @param failed whether a task was given up
     * @param packaged whether the package is there, or none is due
     */
    record Sum(
            boolean touched,
            boolean working,
            boolean open,
            boolean good,
            boolean exception,
            boolean failed,
            boolean packaged) {}

    /**
     * What the tasks of a delete add up to once its plan is being carried out.
     *
     * @param open whether a task has not ended
     * @param working whether one of these is more than waiting for proof of absence
     * @param good whether a task beyond discovery ended good
     * @param exception whether a task ended as an exception
     * @param failed whether a task was given up
     * @param packaged whether the package is there, or none is due
     */
    record Deletion(boolean open, boolean working, boolean good, boolean exception, boolean failed, boolean packaged) {}

    /** The stage of a delete before its plan is carried out. */
    static Stage ofDelete(Phase phase, boolean touched) {
        return switch (phase) {
            case PLANNING -> touched ? Stage.PLANNING : Stage.RECEIVED;
            case PROPOSED -> Stage.AWAITING_APPROVAL;
            case EXPORTING, CHECKING, DELETING -> Stage.IN_PROGRESS;
        };
    }

    /** The stage of a delete whose plan is being carried out. */
    static Stage ofDeletion(Deletion sum) {
        if (sum.open()) {
            return sum.working() ? Stage.IN_PROGRESS : Stage.VERIFYING;
        }
        if (!sum.packaged()) {
            return Stage.IN_PROGRESS;
        }
        if (sum.failed() && !sum.good()) {
            return Stage.FAILED;
        }
        return sum.exception() ? Stage.COMPLETED_WITH_EXCEPTIONS : Stage.COMPLETED;
    }

    /** The stage of an export. */
    static Stage ofExport(Sum sum) {
        if (!sum.open() && sum.packaged()) {
            if (sum.failed() && !sum.good()) {
                return Stage.FAILED;
            }
            return sum.exception() ? Stage.COMPLETED_WITH_EXCEPTIONS : Stage.COMPLETED;
        }
        if (sum.working() || !sum.open()) {
            return Stage.IN_PROGRESS;
        }
        return sum.touched() ? Stage.PLANNING : Stage.RECEIVED;
    }
}
