package io.dsrbroker.job;

/** What is being done for a delete, finer than its stage. */
public enum Phase {
    /** Finding out what there is. */
    PLANNING,
    /** The plan waits for a second person. */
    PROPOSED,
    /** Approved; first everything is exported. */
    EXPORTING,
    /** Approved; it is looked once more whether anything has changed. */
    CHECKING,
    /** The plan still holds: resources are deleted, and their absence is proven. */
    DELETING
}
