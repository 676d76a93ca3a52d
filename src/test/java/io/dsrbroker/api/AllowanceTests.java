package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AllowanceTests {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Allowance allowance = new Allowance(10, 5, nanos::get);

    private long taken(String who, int calls) {
        return IntStream.range(0, calls)
                .filter(call -> allowance.take(who).isZero())
                .count();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void burstIsTakenAtOnceAndThenAtTheRate() {
        assertThat(taken("a", 20)).isEqualTo(5);
        assertThat(allowance.take("a")).isEqualTo(Duration.ofMillis(100));
        pass(Duration.ofMillis(99));
        assertThat(allowance.take("a")).isEqualTo(Duration.ofMillis(1));
        pass(Duration.ofMillis(1));
        assertThat(taken("a", 20)).isEqualTo(1);
        pass(Duration.ofMillis(300));
        assertThat(taken("a", 20)).isEqualTo(3);
    }

    @Test
    void longSilenceSavesNoMoreThanABurst() {
        taken("a", 5);
        pass(Duration.ofHours(1));
        assertThat(taken("a", 20)).isEqualTo(5);
    }

    @Test
    void nobodyUsesUpTheAllowanceOfAnother() {
        taken("a", 20);
        assertThat(taken("b", 20)).isEqualTo(5);
    }

    @Test
    void lookingTakesNothing() {
        assertThat(allowance.look("a")).isZero();
        assertThat(taken("a", 5)).isEqualTo(5);
        assertThat(allowance.look("a")).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void strangersWithoutEndTakeNoMemoryWithoutEnd() {
        IntStream.range(0, 50_000).forEach(stranger -> allowance.take("address-" + stranger));
        assertThat(allowance.size()).isEqualTo(10_000);
    }

    @Test
    void addressesOfOneNetworkCountTogether() {
        assertThat(AddressLimit.network("2001:db8:1:2:3:4:5:6"))
                .isEqualTo(AddressLimit.network("2001:db8:1:2:a:b:c:d"));
        assertThat(AddressLimit.network("2001:db8:1:2:3:4:5:6"))
                .isNotEqualTo(AddressLimit.network("2001:db8:1:3:3:4:5:6"));
        assertThat(AddressLimit.network("192.0.2.1")).isNotEqualTo(AddressLimit.network("192.0.2.2"));
    }
}
