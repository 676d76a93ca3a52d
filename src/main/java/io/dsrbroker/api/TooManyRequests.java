package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem;
import java.time.Duration;
import org.springframework.http.HttpHeaders;

/** Somebody calls more often than this replica allows. */
final class TooManyRequests extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    private final Duration wait;

    TooManyRequests(Duration wait) {
        super(429, "too-many-requests", "Too many requests", "Try again after the time that Retry-After says.");
        this.wait = wait;
    }

    /** With the time to wait in whole seconds, at least one. */
    Problem problem() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(
                HttpHeaders.RETRY_AFTER,
                String.valueOf(Math.max(1, wait.plusNanos(999_999_999).toSeconds())));
        return Problem.of((BrokerProblem) this).with(headers);
    }
}
