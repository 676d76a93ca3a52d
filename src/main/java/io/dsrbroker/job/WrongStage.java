package io.dsrbroker.job;

import io.dsrbroker.shared.BrokerProblem;
import java.util.List;
import java.util.Map;

/** The job is not where this can be done. */
public final class WrongStage extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    WrongStage(Stage stage, String detail) {
        super(409, "wrong-stage", "Wrong stage", detail, Map.of("stage", stage.name()), List.of());
    }

    static void throwUnless(Job job, Stage stage, String detail) {
        if (job.stage() != stage) {
            throw new WrongStage(job.stage(), detail);
        }
    }

    static void throwIfEnded(Stage stage) {
        if (stage.ended()) {
            throw new WrongStage(stage, "The request has ended as " + stage + ".");
        }
    }
}
