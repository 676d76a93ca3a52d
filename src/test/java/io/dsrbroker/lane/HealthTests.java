package io.dsrbroker.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.upstream.Exchange;
import io.dsrbroker.upstream.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HealthTests {

    private static final Exchange NO_ANSWER = new Exchange("GET", null, null, null, Instant.EPOCH, null, null, null);
    private static final Outcome FAILURE = new Outcome.Unavailable(NO_ANSWER, "no answer");
    private static final Outcome REFUSAL = new Outcome.Rejected(NO_ANSWER, "HTTP 400");

    @Test
    void laneBreaksAfterManyFailuresInARow() {
        Health health = new Health(0);
        for (int i = 1; i < 20; i++) {
            assertThat(health.breaks(FAILURE)).isFalse();
        }
        assertThat(health.breaks(FAILURE)).isTrue();
    }

    @Test
    void anyAnswerOfItsOwnEndsTheRow() {
        Health health = new Health(0);
        for (int i = 0; i < 100; i++) {
            assertThat(health.breaks(i % 15 == 14 ? REFUSAL : FAILURE)).isFalse();
        }
    }

    @Test
    void afterAPauseOneCallAtATimeIsTriedAndFewMayFail() {
        Health health = new Health(1);
        assertThat(health.probing()).isTrue();
        assertThat(health.breaks(FAILURE)).isFalse();
        assertThat(health.breaks(FAILURE)).isFalse();
        assertThat(health.breaks(FAILURE)).isTrue();
    }

    @Test
    void oneAnswerEndsTheProbing() {
        Health health = new Health(4);
        assertThat(health.breaks(REFUSAL)).isFalse();
        assertThat(health.probing()).isFalse();
        assertThat(health.setbacks()).isZero();
    }

    @Test
    void pausesDoubleUntilTheLongest() {
        Duration first = Duration.ofSeconds(10);
        assertThat(new Health(0).pause(first)).isEqualTo(first);
        assertThat(new Health(2).pause(first)).isEqualTo(Duration.ofSeconds(40));
        assertThat(new Health(30).pause(first)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void pauseWithinASliceIsASetbackLikeAnyOther() {
        Health health = new Health(1);
        health.setback();
        assertThat(health.setbacks()).isEqualTo(2);
        health.breaks(REFUSAL);
        health.setback();
        assertThat(health.setbacks()).isEqualTo(1);
        assertThat(health.probing()).isTrue();
    }
}
