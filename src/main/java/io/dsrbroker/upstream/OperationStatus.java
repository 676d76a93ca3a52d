package io.dsrbroker.upstream;

import java.time.Duration;

/** What asking about an operation came to. */
public sealed interface OperationStatus {

    /** What was sent and answered. */
    Exchange exchange();

    /** It still runs; {@code next} is where to ask, after {@code again}. */
    record Working(Exchange exchange, Duration again, Operation next) implements OperationStatus {}

    /** The upstream says that it is done; absence is yet to be proven. */
    record Succeeded(Exchange exchange) implements OperationStatus {}

    /** It ended without being done; {@code words} hold its end and its error code, never a message. */
    record GaveUp(Exchange exchange, String words) implements OperationStatus {}

    /** The asking failed, which says nothing about the operation. */
    record Unreadable(Outcome outcome) implements OperationStatus {

        @Override
        public Exchange exchange() {
            return outcome.exchange();
        }
    }
}
