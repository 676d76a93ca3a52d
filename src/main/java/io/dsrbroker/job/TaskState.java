package io.dsrbroker.job;

/** Where a task stands. */
public enum TaskState {
    /** Waits for another task to end. */
    BLOCKED(Kind.OPEN),
    /** May be sent. */
    READY(Kind.OPEN),
    /** A destructive call is about to be sent, or was. */
    RUNNING(Kind.OPEN),
    /** The upstream works on it; it is asked from time to time. */
    AWAITING_UPSTREAM(Kind.OPEN),
    /** Re-read until absence is proven. */
    VERIFYING(Kind.OPEN),
    /** Failed for now, tried again at a set time. */
    RETRY_WAIT(Kind.OPEN),
    /** A person must act or decide. */
    NEEDS_ACTION(Kind.OPEN),
    /** The list was read to its last page. */
    DISCOVERED(Kind.GOOD),
    /** The document or content is in the package. */
    EXPORTED(Kind.GOOD),
    /** Deleted, and proven absent. */
    DELETED(Kind.GOOD),
    /** It was not there, proven. */
    ABSENT(Kind.GOOD),
    /** Gone with its parent, proven. */
    COVERED(Kind.GOOD),
    /** A person did it by hand, and no reading refutes it. */
    CONFIRMED(Kind.GOOD),
    /** No job could ever do it by these APIs. */
    OUT_OF_SCOPE(Kind.NEUTRAL),
    /** Something was found, but not all of it. */
    INCOMPLETE(Kind.EXCEPTION),
    /** Nothing proved that it is absent. */
    UNVERIFIED(Kind.EXCEPTION),
    /** Left out, for the reason given. */
    SKIPPED(Kind.EXCEPTION),
    /** The upstream no longer exists. */
    SOURCE_RETIRED(Kind.EXCEPTION),
    /** Given up. */
    FAILED(Kind.EXCEPTION),
    /** Stopped by a person. */
    CANCELLED(Kind.EXCEPTION);

    private enum Kind {
        OPEN,
        GOOD,
        NEUTRAL,
        EXCEPTION
    }

    private final Kind kind;

    TaskState(Kind kind) {
        this.kind = kind;
    }

    /** Whether it will not change by itself. */
    public boolean terminal() {
        return kind != Kind.OPEN;
    }

    /** Whether it ended as it should. */
    public boolean good() {
        return kind == Kind.GOOD;
    }

    /** Whether it must be told to a person by name. */
    public boolean exception() {
        return kind == Kind.EXCEPTION;
    }
}
