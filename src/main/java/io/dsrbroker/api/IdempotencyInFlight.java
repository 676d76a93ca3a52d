package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem;

/** A request with the same key is being taken in right now. */
final class IdempotencyInFlight extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    IdempotencyInFlight() {
        super(
                409,
                "idempotency-in-flight",
                "The first request is in flight",
                "A request with this idempotency key is being taken in. Repeat it in a moment.");
    }
}
