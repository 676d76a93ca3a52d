package io.dsrbroker.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentTests {

    private final AtomicLong now = new AtomicLong(-5_000_000_000L);
    private final Recent recent = new Recent(now::get);

    private void secondsPass(long seconds) {
        now.addAndGet(seconds * 1_000_000_000);
    }

    @Test
    void onlyTheLastMinuteCounts() {
        assertThat(recent.perSecond()).isZero();
        for (int second = 0; second < 90; second++) {
            for (int call = 0; call < 3; call++) {
                recent.add();
            }
            secondsPass(1);
        }
        assertThat(recent.perSecond()).isBetween(2.9, 3.0);
        secondsPass(29);
        assertThat(recent.perSecond()).isBetween(1.4, 1.6);
        secondsPass(31);
        assertThat(recent.perSecond()).isZero();
        recent.add();
        assertThat(recent.perSecond()).isEqualTo(1.0 / 60);
        secondsPass(100_000);
        assertThat(recent.perSecond()).isZero();
    }
}
