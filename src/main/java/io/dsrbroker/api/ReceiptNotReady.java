package io.dsrbroker.api;

import io.dsrbroker.job.Stage;
import io.dsrbroker.shared.BrokerProblem;
import java.util.List;
import java.util.Map;

/** The job has not ended yet, or works again. */
final class ReceiptNotReady extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    ReceiptNotReady(Stage stage) {
        super(
                409,
                "receipt-not-ready",
                "Receipt not ready",
                "The receipt is signed when the request ends.",
                Map.of("stage", stage.name()),
                List.of());
    }

    static void throwUnlessEnded(Stage stage) {
        if (!stage.ended()) {
            throw new ReceiptNotReady(stage);
        }
    }
}
