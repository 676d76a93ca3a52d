package io.dsrbroker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class AuditMetricsTests {

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final AuditMetrics metrics = new AuditMetrics(meters);

    @Test
    void nothingIsShownBeforeTheFirstCheckAndThenTheLast() {
        assertThat(meters.find("dsr.audit.verification").gauge()).isNull();
        metrics.verified(true);
        assertThat(shown()).isEqualTo(1);
        metrics.verified(false);
        assertThat(shown()).isZero();
        metrics.verified(true);
        assertThat(shown()).isEqualTo(1);
    }

    private double shown() {
        return meters.get("dsr.audit.verification").gauge().value();
    }
}
