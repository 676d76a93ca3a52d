package io.dsrbroker.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QuotaTests {

    private static final long SECOND = 1_000_000_000;

    private final AtomicLong now = new AtomicLong();

    @Test
    void bucketStartsEmpty() {
        Quota quota = new Quota(10.0, 5, now::get);
        assertThat(take(quota)).isNull();
    }

    @Test
    void bucketStartsWithWhatIsKnownToBeLeft() {
        Quota quota = new Quota(10.0, 5, 3.5, now::get);
        assertThat(takeAll(quota)).isEqualTo(3);
    }

    @Test
    void bucketHoldsNoMoreThanItsBurst() {
        Quota quota = new Quota(10.0, 5, 80, now::get);
        now.addAndGet(100 * SECOND);
        assertThat(takeAll(quota)).isEqualTo(5);
    }

    @Test
    void tokensComeBackAtTheRate() {
        Quota quota = new Quota(10.0, 5, now::get);
        now.addAndGet(SECOND / 10);
        assertThat(take(quota)).isNotNull();
        assertThat(take(quota)).isNull();
        now.addAndGet(SECOND / 20);
        assertThat(take(quota)).isNull();
        now.addAndGet(SECOND / 20 + 1);
        assertThat(take(quota)).isNotNull();
    }

    @Test
    void quotaWithoutRateLetsEverythingThrough() {
        Quota quota = new Quota(null, 1, now::get);
        for (int i = 0; i < 1000; i++) {
            assertThat(quota.acquire(() -> false)).isNotNull();
        }
        assertThat(quota.acquire(() -> true)).isNull();
    }

    @Test
    @DisplayName("§3 Headers back: fewer left than thought count at once")
    void fewerLeftThanThoughtCountAtOnce() {
        Quota quota = new Quota(10.0, 100, 50, now::get);
        Quota.Ticket ticket = Objects.requireNonNull(take(quota));
        quota.answered(ticket, 7);
        assertThat(takeAll(quota)).isEqualTo(8);
    }

    @Test
    @DisplayName("§3 Headers back: more left than thought count, less those in flight and a reserve")
    void moreLeftThanThoughtCount() {
        Quota quota = new Quota(10.0, 100, 3, now::get);
        Quota.Ticket first = Objects.requireNonNull(take(quota));
        take(quota);
        take(quota);
        quota.answered(first, 90);
        assertThat(takeAll(quota)).isEqualTo(90 - 2 - 10);
    }

    @Test
    void whatWasSentBeforeTheAnswerCountsAsNotIncluded() {
        Quota quota = new Quota(10.0, 100, 3, now::get);
        Quota.Ticket early = Objects.requireNonNull(take(quota));
        Quota.Ticket late = Objects.requireNonNull(take(quota));
        quota.answered(late, null);
        take(quota);
        quota.answered(early, 90);
        assertThat(takeAll(quota)).isEqualTo(90 - 2 - 10);
    }

    @Test
    @DisplayName("§3 Limits: a number larger than the bucket is one of an hour, and fills nothing")
    void numberOfAnHourFillsNothing() {
        Quota quota = new Quota(10.0, 100, 1, now::get);
        Quota.Ticket ticket = Objects.requireNonNull(take(quota));
        quota.answered(ticket, 11999);
        assertThat(take(quota)).isNull();
    }

    @Test
    void nothingLeftLeavesThePartOfATokenThatHasCome() {
        Quota quota = new Quota(10.0, 100, 1.75, now::get);
        Quota.Ticket ticket = Objects.requireNonNull(take(quota));
        quota.answered(ticket, 0);
        assertThat(quota.left()).isEqualTo(0.75);
    }

    private static int takeAll(Quota quota) {
        int taken = 0;
        while (take(quota) != null) {
            taken++;
        }
        return taken;
    }

    /** A token that is there at once: the second time it is asked whether to stop, it stops. */
    private static Quota.@Nullable Ticket take(Quota quota) {
        int[] asked = {0};
        return quota.acquire(() -> asked[0]++ > 0);
    }
}
