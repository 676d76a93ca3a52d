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
