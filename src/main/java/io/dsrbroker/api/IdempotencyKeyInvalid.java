package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem;

/** The key is not one that could be kept. */
final class IdempotencyKeyInvalid extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    IdempotencyKeyInvalid() {
        super(
                400,
                "idempotency-key-invalid",
                "Idempotency key invalid",
                "Send one header Idempotency-Key with 1 to 255 visible ASCII characters.");
    }
}
