package io.dsrbroker.api;

import io.dsrbroker.job.Stage;
import io.dsrbroker.shared.BrokerProblem;
import java.util.List;
import java.util.Map;

/** The job has not ended yet. */
final class PackageNotReady extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    PackageNotReady(Stage stage) {
        super(
                409,
                "package-not-ready",
                "Package not ready",
                "The package can be downloaded once the request has ended.",
                Map.of("stage", stage.name()),
                List.of());
    }
}
