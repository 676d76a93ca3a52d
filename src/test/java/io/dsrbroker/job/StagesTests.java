package io.dsrbroker.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StagesTests {

    @ParameterizedTest
    @CsvSource({
        // touched, working, open, good, exception, failed, packaged
        "false, false, true,  false, false, false, false, RECEIVED",
        "true,  false, true,  false, false, false, false, PLANNING",
        "true,  true,  true,  true,  false, false, false, IN_PROGRESS",
        "true,  true,  true,  true,  true,  true,  true,  IN_PROGRESS",
        "true,  true,  false, true,  false, false, false, IN_PROGRESS",
        "true,  false, false, true,  false, false, false, IN_PROGRESS",
        "true,  true,  false, true,  false, false, true,  COMPLETED",
        "true,  true,  false, true,  true,  false, true,  COMPLETED_WITH_EXCEPTIONS",
        "true,  true,  false, true,  true,  true,  true,  COMPLETED_WITH_EXCEPTIONS",
        "true,  true,  false, false, true,  true,  true,  FAILED",
        "true,  true,  false, false, true,  false, true,  COMPLETED_WITH_EXCEPTIONS",
    })
    void stageFollowsFromWhatTasksAddUpTo(
            boolean touched,
            boolean working,
            boolean open,
            boolean good,
            boolean exception,
            boolean failed,
            boolean packaged,
            Stage stage) {
        assertThat(Stages.ofExport(new Stages.Sum(touched, working, open, good, exception, failed, packaged)))
                .isEqualTo(stage);
    }
}
