package io.dsrbroker.upstream;

import java.time.Duration;

/**
 * A long-running operation that the upstream started, and how to ask about it.
 *
 * @param url absolute, inside the origin of the call that started it
 * @param retryAfter how long to wait before asking, 1 to 600 seconds
 */
public record Operation(Dialect dialect, String url, Duration retryAfter) {

    /** What the answers about an operation look like. */
    public enum Dialect {
        /** Azure-AsyncOperation: always 200, the word is in {@code status}. */
        STATUS(60),
        /** Operation-Location: 200, the word is in {@code state}, else in {@code status}. */
        STATE(5),
        /** Location: 202 while it runs, then the answer that the call itself would have had. */
        RESULT(60);

        private final Duration untold;

        Dialect(int untoldSeconds) {
            this.untold = Duration.ofSeconds(untoldSeconds);
        }

        Duration untold() {
            return untold;
        }
    }

    @Override
    public String toString() {
        return "Operation[" + dialect + "]";
    }
}
