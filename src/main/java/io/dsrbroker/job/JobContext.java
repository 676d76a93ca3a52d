package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What carrying a job's tasks out needs to know of it.
 *
 * @param targets in the order of their ordinals
 * @param folders the targets' folders in the package, in the same order
 * @param traceParent the trace that the request began, as W3C Trace Context has it; null where it is not traced
 */
public record JobContext(
        JobId id,
        RequestType type,
        Instant dueAt,
        Subject subject,
        Map<String, String> secrets,
        List<Target> targets,
        List<String> folders,
        @Nullable String traceParent) {

    @Override
    public String toString() {
        return "JobContext[" + id + "]";
    }
}
