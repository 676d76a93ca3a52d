package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem;
import java.util.List;
import java.util.Map;

/** A parameter of the path or the query cannot be understood. */
final class InvalidParameter extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    InvalidParameter(String parameter, String detail) {
        super(
                400,
                "invalid-parameter",
                "Invalid parameter",
                "The parameter " + parameter + " is not valid. " + detail,
                Map.of("parameter", parameter),
                List.of());
    }
}
