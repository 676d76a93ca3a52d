package io.dsrbroker.upstream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was sent and answered.
 *
 * @param method HTTP method
 * @param status HTTP status; null when no answer came
 * @param requestId the upstream's id, else the one that the broker sent
 * @param correlationId the upstream's correlation id
 * @param at when the answer, or the failure, came
 * @param sha256 of the body, 64 hex digits; null when there was none
 * @param bytes of the body
 * @param remaining how many more calls of this kind the upstream says that it lets through; null when it does not say
 */
public record Exchange(
        String method,
        @Nullable Integer status,
        @Nullable String requestId,
        @Nullable String correlationId,
        Instant at,
        @Nullable String sha256,
        @Nullable Long bytes,
        @Nullable Integer remaining) {

    /** The same exchange, with the measure of a body that was not kept in memory. */
    public Exchange measuring(String sha256, long bytes) {
        return new Exchange(method, status, requestId, correlationId, at, sha256, bytes, remaining);
    }
}
