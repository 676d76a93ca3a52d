package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem;

/** The request could not be repeated safely. */
final class IdempotencyKeyMissing extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    IdempotencyKeyMissing() {
        super(
                400,
                "idempotency-key-missing",
                "Idempotency key missing",
                "Send a header Idempotency-Key with a value that is unique to this request.");
    }
}
