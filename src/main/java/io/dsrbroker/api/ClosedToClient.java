package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem;

/** The call is about more than the client is restricted to. */
final class ClosedToClient extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    ClosedToClient() {
        super(403, "forbidden", "Forbidden", "This is not open to the client that the access token was issued to.");
    }
}
