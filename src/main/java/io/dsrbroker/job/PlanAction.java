package io.dsrbroker.job;

/** What a plan does with a resource. */
public enum PlanAction {
    /** It is deleted by a call of its own. */
    DELETE,
    /** It goes with the container in which it lies. */
    COVERED,
    /** A person deletes it by hand. */
    MANUAL,
    /** It stays, for the reason given. */
    SKIPPED,
    /** No call could ever delete it. */
    OUT_OF_SCOPE
}
