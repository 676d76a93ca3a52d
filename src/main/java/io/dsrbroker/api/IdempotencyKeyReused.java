package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem;

/** The key belongs to another body. */
final class IdempotencyKeyReused extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    IdempotencyKeyReused() {
        super(
                422,
                "idempotency-key-reused",
                "Idempotency key reused",
                "This idempotency key was used with another body in the last 24 hours.");
    }
}
