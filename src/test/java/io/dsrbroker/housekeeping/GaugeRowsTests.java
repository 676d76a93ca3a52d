package io.dsrbroker.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GaugeRowsTests {

    private static final Tags RED = Tags.of("colour", "red");
    private static final Tags BLUE = Tags.of("colour", "blue");

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final GaugeRows rows = new GaugeRows(meters, "dsr.test", null, "For a test");

    private Map<Tags, Double> shown() {
        return meters.find("dsr.test").gauges().stream()
                .collect(Collectors.toMap(gauge -> Tags.of(gauge.getId().getTags()), gauge -> gauge.value()));
    }

    @Test
    void rowsThatAreNotSampledAnyMoreVanish() {
        rows.show(Map.of(RED, 1.0, BLUE, 2.0));
        assertThat(shown()).isEqualTo(Map.of(RED, 1.0, BLUE, 2.0));
        rows.show(Map.of(BLUE, 3.0));
        assertThat(shown()).isEqualTo(Map.of(BLUE, 3.0));
        rows.show(Map.of(RED, 4.0));
        assertThat(shown()).isEqualTo(Map.of(RED, 4.0));
    }
}
