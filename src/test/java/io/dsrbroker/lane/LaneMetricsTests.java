package io.dsrbroker.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.Upstream;
import io.dsrbroker.catalogue.UriTemplate;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LaneMetricsTests {

    private static final Upstream ARM = new Upstream(
            "arm", "https://arm.example", new UriTemplate("arm", Set.of()), true, List.of(), List.of(), List.of());

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final LaneMetrics metrics =
            new LaneMetrics(meters, new Catalogue("0", Map.of("arm", ARM), Map.of(), List.of()));

    private double takings(String cause) {
        return meters.get("dsr.lane.takings")
                .tags("upstream", "arm", "cause", cause)
                .counter()
                .count();
    }

    @Test
    void takingsSayWhetherTheHolderHadDied() {
        metrics.taken("arm", new LaneClaims.TakenOver(false, 0));
        metrics.taken("arm", new LaneClaims.TakenOver(true, 0));
        metrics.taken("arm", new LaneClaims.TakenOver(true, 3));
        assertThat(takings("idle")).isEqualTo(1);
        assertThat(takings("takeover")).isEqualTo(2);
        assertThat(meters.get("dsr.tasks.poisoned").counter().count()).isEqualTo(3);
    }

    @Test
    void takingsAreToldBeforeAnyHappened() {
        assertThat(takings("idle")).isZero();
        assertThat(takings("takeover")).isZero();
        assertThat(meters.get("dsr.lane.takings")
                        .tags("upstream", "content", "cause", "takeover")
                        .counter()
                        .count())
                .isZero();
    }

    @Test
    void hostsOfContentAreOneLane() {
        LaneMetrics.Sent one = metrics.sent("content:a", "content");
        assertThat(metrics.sent("content:b", "content")).isSameAs(one);
        assertThat(metrics.sent("arm:1", "arm")).isNotSameAs(one);
        one.reads().add();
        assertThat(meters.get("dsr.lane.rate")
                        .tags("lane", "content", "operation", "read")
                        .gauge()
                        .value())
                .isEqualTo(1.0 / 60);
        assertThat(meters.get("dsr.lane.rate")
                        .tags("lane", "arm:1", "operation", "read")
                        .gauge()
                        .value())
                .isZero();
    }
}
