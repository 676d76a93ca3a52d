package io.dsrbroker.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** The figures of jobs that this replica counts itself; {@code docs/metrics.md} says what each means. */
@Component
class JobMetrics {

    private final MeterRegistry registry;

    JobMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (RequestType type : RequestType.values()) {
            Stream.of(Stage.values()).filter(Stage::ended).forEach(stage -> ended(type, stage));
        }
    }

    /** Only what was committed counts. */
    @TransactionalEventListener
    void count(JobEnded event) {
        ended(event.type(), event.stage()).increment();
    }

    private Counter ended(RequestType type, Stage stage) {
        return Counter.builder("dsr.jobs.ended")
                .description("Jobs that ended on this replica")
                .tag("type", type.name())
                .tag("stage", stage.name())
                .register(registry);
    }
}
