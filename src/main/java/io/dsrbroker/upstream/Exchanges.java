package io.dsrbroker.upstream;

import io.dsrbroker.shared.Digests;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/** Makes the record of one exchange. */
record Exchanges(String sentId, Clock clock) {

    Exchange nothing(String method) {
        return new Exchange(method, null, sentId, null, clock.instant(), null, null, null);
    }

    Exchange of(String method, HttpHeaders headers, int status, @Nullable JsonNode body, byte @Nullable [] bytes) {
        String requestId = headers.getFirst("x-ms-request-id");
        String correlation = headers.getFirst("x-ms-correlation-request-id");
        return new Exchange(
                method,
                status,
                requestId == null ? sentId : clean(requestId),
                correlation == null
                        ? Errors.correlation(body).map(Exchanges::clean).orElse(null)
                        : clean(correlation),
                clock.instant(),
                bytes == null ? null : Digests.hex(bytes),
                bytes == null ? null : (long) bytes.length,
                Remaining.in(headers, method).orElse(null));
    }

    private static String clean(String id) {
        String kept = id.replaceAll("[^\\w:.-]", "");
        return kept.substring(0, Math.min(kept.length(), 120));
    }
}
