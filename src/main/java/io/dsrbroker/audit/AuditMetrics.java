package io.dsrbroker.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** The figures of the audit trail; {@code docs/metrics.md} says what each means. */
@Component
class AuditMetrics {

    private final MeterRegistry registry;
    private volatile boolean intact;

    AuditMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** The trail was checked; before the first time there is nothing to show. */
    void verified(boolean found) {
        intact = found;
        Gauge.builder("dsr.audit.verification", this, metrics -> metrics.intact ? 1 : 0)
                .description("Whether the last check of the audit trail found it intact")
                .register(registry);
    }
}
