package io.dsrbroker.upstream;

import java.net.UnknownHostException;
import org.springframework.core.io.buffer.DataBufferLimitException;

/** Says what it means that no answer came. */
final class Failures {

    private Failures() {}

    /** An unknown host is a retired service; everything else may pass. */
    static Outcome classify(Exchange exchange, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return new Outcome.Retired(exchange, "the host does not exist");
            }
            if (cause instanceof DataBufferLimitException) {
                return new Outcome.Poison(exchange, "the answer is too large");
            }
        }
        return new Outcome.Unavailable(exchange, "no answer");
    }
}
