package io.dsrbroker.job;

/** What a person decided about a resource of unknown owner. */
public enum Decision {
    /** Treat it as the subject's. */
    INCLUDE,
    /** Leave it out. */
    EXCLUDE
}
