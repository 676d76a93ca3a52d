package io.dsrbroker.export;

import io.dsrbroker.shared.JobId;
import java.util.UUID;

/** A task says that it was exported, but its payload is not there, or is not what was kept: no package without it. */
final class MissingPayload extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingPayload(JobId job, UUID task) {
        super("Job " + job + " has no intact payload of its exported task " + task);
    }
}
