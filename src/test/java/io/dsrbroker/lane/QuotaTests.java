package io.dsrbroker.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuotaTests {

    private static final long SECOND = 1_000_000_000;

    private final AtomicLong now = new AtomicLong();

    @Test
    void bucketStartsEmpty() {
        Quota quota = new Quota(10.0, 5, now::get);
        assertThat(now(quota)).isFalse();
    }

    @Test
    void bucketHoldsNoMoreThanItsBurst() {
        Quota quota = new Quota(10.0, 5, now::get);
        now.addAndGet(100 * SECOND);
        int taken = 0;
        while (now(quota)) {
            taken++;
        }
        assertThat(taken).isEqualTo(5);
    }

    @Test
    void tokensComeBackAtTheRate() {
        Quota quota = new Quota(10.0, 5, now::get);
        now.addAndGet(SECOND / 10);
        assertThat(now(quota)).isTrue();
        assertThat(now(quota)).isFalse();
        now.addAndGet(SECOND / 20);
        assertThat(now(quota)).isFalse();
        now.addAndGet(SECOND / 20 + 1);
        assertThat(now(quota)).isTrue();
    }

    @Test
    void quotaWithoutRateLetsEverythingThrough() {
        Quota quota = new Quota(null, 1, now::get);
        for (int i = 0; i < 1000; i++) {
            assertThat(quota.acquire(() -> false)).isTrue();
        }
        assertThat(quota.acquire(() -> true)).isFalse();
    }

    /** Whether a token is there at once: the second time it is asked whether to stop, it stops. */
    private static boolean now(Quota quota) {
        int[] asked = {0};
        return quota.acquire(() -> asked[0]++ > 0);
    }
}
