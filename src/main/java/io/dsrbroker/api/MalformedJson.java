package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem;

/** The body is no JSON at all. */
final class MalformedJson extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    MalformedJson() {
        super(400, "malformed-json", "Malformed JSON", "The body is not one well-formed JSON document.");
    }
}
