package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What carrying a job's tasks out needs to know of it.
 *
 * @param targets in the order of their ordinals
 * @param folders the targets' folders in the package, in the same order
 */
public record JobContext(
        JobId id,
        RequestType type,
        Instant dueAt,
        Subject subject,
        Map<String, String> secrets,
        List<Target> targets,
        List<String> folders) {

    @Override
    public String toString() {
        return "JobContext[" + id + "]";
    }
}
