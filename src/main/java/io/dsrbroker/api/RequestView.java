package io.dsrbroker.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dsrbroker.catalogue.OutOfScope;
import io.dsrbroker.job.Caller;
import io.dsrbroker.job.Reason;
import io.dsrbroker.job.Regulation;
import io.dsrbroker.job.RequestType;
import io.dsrbroker.job.Stage;
import io.dsrbroker.job.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request as its reader sees it.
 *
 * @param exceptions the first 100
 * @param targets left out in lists
 */
record RequestView(
        UUID id,
        @Nullable String externalId,
        RequestType type,
        Regulation regulation,
        Stage.Status status,
        Stage stage,
        @Nullable String stageReason,
        boolean onHold,
        Instant receivedAt,
        Instant createdAt,
        Instant dueAt,
        boolean extended,
        @Nullable Instant finishedAt,
        Caller createdBy,
        Counts counts,
        List<ExceptionView> exceptions,
        long exceptionCount,
        List<OutOfScope> outOfScope,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TargetView> targets,
        Links links) {

    /** How many tasks other than DISCOVER are in which state. */
    record Counts(long total, Map<TaskState, Long> byState) {}

    /** A task that did not end good. */
    record ExceptionView(
            UUID taskId,
            String type,
            TaskState state,
            @Nullable Reason reason,
            @Nullable String detail,
            @Nullable String nextStep) {}

    /** Where to go on from here; null where there is no such thing. */
    record Links(
            String resources,
            @Nullable String plan,

            @JsonInclude @com.fasterxml.jackson.annotation.JsonProperty("package") @Nullable
            String pack,

            String receipt) {}
}
