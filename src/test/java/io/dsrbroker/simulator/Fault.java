package io.dsrbroker.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What goes wrong with a request: another answer, a late one, half of one or none. */
public record Fault(
        int status,
        Map<String, String> headers,
        @Nullable String body,
        Duration delay,
        long truncateAt,
        boolean handledAnyway,
        boolean hangsUp) {

    private static final long WHOLE = Long.MAX_VALUE;

    /** An answer in place of the real one; nothing happens to the estate. */
    public static Fault answer(int status, Map<String, String> headers, String body) {
        return new Fault(status, Map.copyOf(headers), body, Duration.ZERO, WHOLE, false, false);
    }

    /** A resource manager's error with this status and code. */
    public static Fault error(int status, String code) {
        var body = Errors.wrapped(code, "Simulated: " + code);
        return answer(
                status,
                Map.of("Content-Type", "application/json"),
                new String(Json.bytes(body), StandardCharsets.UTF_8));
    }

    /** Too many requests, with Retry-After in seconds unless it is negative. */
    public static Fault throttled(int retryAfterSeconds) {
        var fault = error(429, "TooManyRequests");
        return retryAfterSeconds < 0 ? fault : fault.with("Retry-After", String.valueOf(retryAfterSeconds));
    }

    /** The real answer, later. */
    public static Fault late(Duration delay) {
        return new Fault(0, Map.of(), null, delay, WHOLE, true, false);
    }

    /** The beginning of the real answer, then a closed connection. */
    public static Fault truncated(long bytes) {
        return new Fault(0, Map.of(), null, Duration.ZERO, bytes, true, false);
    }

    /** A connection closed without an answer. */
    public static Fault hangUp() {
        return new Fault(0, Map.of(), null, Duration.ZERO, WHOLE, false, true);
    }

    /** The same, but the request takes effect although the answer says otherwise. */
    public Fault takingEffect() {
        return new Fault(status, headers, body, delay, truncateAt, true, hangsUp);
    }

    /** The same after a while. */
    public Fault after(Duration wait) {
        return new Fault(status, headers, body, wait, truncateAt, handledAnyway, hangsUp);
    }

    /** The same with one more header. */
    public Fault with(String name, String value) {
        var more = new TreeMap<>(headers);
        more.put(name, value);
        return new Fault(status, Map.copyOf(more), body, delay, truncateAt, handledAnyway, hangsUp);
    }
}
