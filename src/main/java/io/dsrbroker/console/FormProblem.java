package io.dsrbroker.console;

import io.dsrbroker.shared.BrokerProblem;
import java.util.List;
import java.util.Map;

/** A form was not filled in as it must be. */
final class FormProblem extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    FormProblem(String field, String detail) {
        super(
                422,
                "validation",
                "The request is not valid",
                "The form is not valid.",
                Map.of(),
                List.of(new FieldError("/" + field, detail)));
    }
}
