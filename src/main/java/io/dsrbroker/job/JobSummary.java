package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job's own row, without what it is about. */
public record JobSummary(
        JobId id,
        @Nullable String externalId,
        RequestType type,
        Regulation regulation,
        Stage stage,
        @Nullable String stageReason,
        boolean onHold,
        Instant receivedAt,
        Instant createdAt,
        Instant dueAt,
        boolean extended,
        @Nullable Instant finishedAt,
        Caller createdBy,
        String catalogueHash,
        boolean makesPackage) {}
