package io.dsrbroker.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.Upstream;
import io.dsrbroker.catalogue.UriTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.mock.env.MockEnvironment;

class LaneLimitsTests {

    private static final Catalogue CATALOGUE = new Catalogue(
            "0", Map.of("arm", upstream("arm"), "experiments", upstream("experiments")), Map.of(), List.of());

    private static Upstream upstream(String name) {
        return new Upstream(
                name,
                "https://" + name + ".example",
                new UriTemplate(name, Set.of()),
                true,
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void limitsAreThoseOfTheUpstream() {
        MockEnvironment environment = new MockEnvironment().withProperty("dsr.lanes.arm.reads-per-second", "25");
        LaneLimits.Book book = new LaneLimits.Book(environment, CATALOGUE);
        assertThat(book.of("arm").readsPerSecond()).isEqualTo(25);
        assertThat(book.of("experiments").readsPerSecond()).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm.reads-per-second=0", "arm.deletes-per-second=-1", "content.concurrency=0"})
    void limitThatLetsNothingThroughIsRefusedAtTheStart(String setting) {
        String[] parts = setting.split("=", 2);
        MockEnvironment environment = new MockEnvironment().withProperty("dsr.lanes." + parts[0], parts[1]);
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> new LaneLimits.Book(environment, CATALOGUE))
                .withStackTraceContaining("must be more than 0");
    }

    @Test
    void allowanceIsRefilledByTheTimeThatHasPassed() {
        LaneLimits limits = new LaneLimits(25.0, 250, 10.0, 200, 64);
        Gate.Allowance refilled = limits.refilled(new Gate.Allowance(5, 1), Duration.ofMillis(2500));
        assertThat(refilled).isEqualTo(new Gate.Allowance(67.5, 26));
    }
}
