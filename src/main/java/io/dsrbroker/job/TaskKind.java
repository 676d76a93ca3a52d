package io.dsrbroker.job;

/** What a task does. */
public enum TaskKind {
    /** Reads every page of one list, or finds one container. */
    DISCOVER,
    /** Fetches one resource. */
    EXPORT,
    /** Deletes one resource and proves it. */
    DELETE,
    /** Something only a person can do. */
    MANUAL
}
