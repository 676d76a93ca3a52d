package io.dsrbroker.simulator;

/** How the runs of a project name the container of their artifacts. */
public enum DataContainers {
    /** {@code dataContainerId} is {@code dcid.} and the run id. */
    PREFIXED,
    /** The run document has no such field; the container is the run id. */
    ABSENT,
    /** The field is null; the container is the run id. */
    NULL
}
