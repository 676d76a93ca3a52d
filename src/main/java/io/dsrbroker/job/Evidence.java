package io.dsrbroker.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was sent and answered, once.
 *
 * @param row the source row of the call; null for a call that the sources lack
 * @param method HTTP method
 * @param status HTTP status; null when no answer came
 * @param upstreamRequestId the upstream's id of the request
 * @param correlationId the upstream's correlation id
 * @param at when the answer came
 * @param sha256 of the answer's body, 64 hex digits
 * @param bytes length of the answer's body
 */
public record Evidence(
        @Nullable Integer row,
        String method,
        @Nullable Integer status,
        @Nullable String upstreamRequestId,
        @Nullable String correlationId,
        Instant at,
        @Nullable String sha256,
        @Nullable Long bytes) {}
