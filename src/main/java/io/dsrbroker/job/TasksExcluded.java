package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.Set;
import java.util.UUID;

/** A person left these tasks out: what was kept for them must go, in the same transaction. */
public record TasksExcluded(JobId job, Set<UUID> tasks) {}
