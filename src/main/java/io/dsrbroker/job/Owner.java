package io.dsrbroker.job;

/** Whose a resource is, as far as its document says. */
public enum Owner {
    /** The subject's. */
    SUBJECT,
    /** Another person's. */
    OTHERS,
    /** Nothing says it. */
    UNKNOWN
}
