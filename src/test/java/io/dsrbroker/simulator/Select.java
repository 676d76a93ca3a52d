package io.dsrbroker.simulator;

/** Whose objects of a container are meant. */
public enum Select {
    /** Only what the subject made. */
    OWNED,
    /** Everything inside, with the container's own documents. */
    ALL
}
