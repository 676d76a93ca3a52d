package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem;

/** The body is longer than any request needs to be. */
final class BodyTooLarge extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    BodyTooLarge() {
        super(413, "body-too-large", "Body too large", "The body must not exceed 64 KB.");
    }
}
