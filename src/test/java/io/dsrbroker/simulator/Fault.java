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
        boolean hangsUp,
        Distortion distortion,
        Duration dribbling) {

    private static final long WHOLE = Long.MAX_VALUE;

    /** What happens to the JSON of an answer; other bodies stay as they are. */
    public enum Distortion {
        /** Nothing. */
        NONE,
        /** Its first half is all there is, in an answer that is complete for HTTP. */
        HALVED,
        /** Every key of every object begins with a capital. */
        CAPITALS
    }

    /** A fault without the two that came later. */
    public Fault(
            int status,
            Map<String, String> headers,
            @Nullable String body,
            Duration delay,
            long truncateAt,
            boolean handledAnyway,
            boolean hangsUp) {
        this(status, headers, body, delay, truncateAt, handledAnyway, hangsUp, Distortion.NONE, Duration.ZERO);
    }

    /** An answer in place of the real one; nothing happens to the estate. */
    public static Fault answer(int status, Map<String, String> headers, String body) {
        return new Fault(status, Map.copyOf(headers), body, Duration.ZERO, WHOLE, false, false);
    }

    /** A resource manager's error with this status and code. */
    public static Fault error(int status, String code) {
        return error(status, code, "Simulated: " + code);
    }

    static Fault error(int status, String code, String message) {
        return answer(
                status,
                Map.of("Content-Type", "application/json"),
                new String(Json.bytes(Errors.wrapped(code, message)), StandardCharsets.UTF_8));
    }

    /** Too many requests, with Retry-After in seconds unless it is negative. */
    public static Fault throttled(int retryAfterSeconds) {
        var fault = error(429, "TooManyRequests");
        return retryAfterSeconds < 0 ? fault : fault.with("Retry-After", String.valueOf(retryAfterSeconds));
    }

    /** Too many requests, and only the message tells for how long to stay away. */
    public static Fault throttledInWords(int seconds) {
        return error(429, "TooManyRequests", "Too many requests. Please try again after '" + seconds + "' seconds");
    }

    /** A bearer token that is not good any more. */
    public static Fault expiredToken() {
        return error(401, "ExpiredAuthenticationToken").with("WWW-Authenticate", Errors.challenge());
    }

    /** The real answer, later. */
    public static Fault late(Duration delay) {
        return real(WHOLE, Distortion.NONE, Duration.ZERO).after(delay);
    }

    /** The beginning of the real answer, then a closed connection. */
    public static Fault truncated(long bytes) {
        return real(bytes, Distortion.NONE, Duration.ZERO);
    }

    /** The real answer, its body bit by bit over this time. */
    public static Fault dribbled(Duration over) {
        return real(WHOLE, Distortion.NONE, over);
    }

    /** The real answer with something done to its JSON. */
    public static Fault distorted(Distortion distortion) {
        return real(WHOLE, distortion, Duration.ZERO);
    }

    private static Fault real(long truncateAt, Distortion distortion, Duration dribbling) {
        return new Fault(0, Map.of(), null, Duration.ZERO, truncateAt, true, false, distortion, dribbling);
    }

    /** A connection closed without an answer. */
    public static Fault hangUp() {
        return new Fault(0, Map.of(), null, Duration.ZERO, WHOLE, false, true);
    }

    /** The same, but the request takes effect although the answer says otherwise. */
    public Fault takingEffect() {
        return new Fault(status, headers, body, delay, truncateAt, true, hangsUp, distortion, dribbling);
    }

    /** The same after a while. */
    public Fault after(Duration wait) {
        return new Fault(status, headers, body, wait, truncateAt, handledAnyway, hangsUp, distortion, dribbling);
    }

    /** The same with one more header. */
    public Fault with(String name, String value) {
        var more = new TreeMap<>(headers);
        more.put(name, value);
        return new Fault(
                status, Map.copyOf(more), body, delay, truncateAt, handledAnyway, hangsUp, distortion, dribbling);
    }
}
