package io.dsrbroker.simulator;

import java.util.List;

/** One run of a project: who made it, what it measured and which files it left. */
public record Run(
        String runId,
        int number,
        String experimentId,
        RunOwner owner,
        boolean hidden,
        int metrics,
        List<Artifact> artifacts) {}
