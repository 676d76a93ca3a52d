package io.dsrbroker.upstream;

import io.dsrbroker.egress.ConnectGuard;
import io.netty.handler.codec.TooLongFrameException;
import java.net.UnknownHostException;
import org.springframework.core.io.buffer.DataBufferLimitException;

/** Says what it means that no answer came. */
final class Failures {

    private Failures() {}

    /**
     * A host that the name service says does not exist is a retired service; everything else may pass, even a wrong address
     * of a host that an operator has named.
     */
    static Outcome ofCall(Exchange exchange, Throwable failure) {
        return classify(exchange, failure) instanceof Outcome.Hostile hostile
                ? new Outcome.Unavailable(exchange, hostile.words())
                : classify(exchange, failure);
    }

    /** The same of content; where it lies an upstream has said, so that a wrong address is hostile. */
    static Outcome ofContent(Exchange exchange, Throwable failure) {
        return classify(exchange, failure);
    }

    private static Outcome classify(Exchange exchange, Throwable failure) {
        boolean unknownHost = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            unknownHost |= cause instanceof UnknownHostException;
            // A name service that does not answer makes an unknown host as well.
            if (unknownHost && String.valueOf(cause.getMessage()).contains("NXDOMAIN")) {
                return new Outcome.Retired(exchange, "the host does not exist");
            }
            if (cause instanceof ConnectGuard.AddressRefused refused) {
                return new Outcome.Hostile(exchange, String.valueOf(refused.getMessage()));
            }
            if (cause instanceof TooLongFrameException) {
                return new Outcome.Poison(exchange, "the answer's headers are too large");
            }
            if (cause instanceof DataBufferLimitException) {
                return new Outcome.Poison(exchange, "the answer is too large");
            }
        }
        return new Outcome.Unavailable(exchange, "no answer");
    }
}
