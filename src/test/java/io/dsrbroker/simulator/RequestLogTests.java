package io.dsrbroker.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RequestLogTests {

    private final RequestLog log = new RequestLog();

    private void add(String upstream, int row, int status) {
        log.add(new LoggedRequest(log.next(), Instant.EPOCH, upstream, "GET", "/x", row, status, true, false, null));
    }

    @Test
    void countersHoldWhetherRequestsAreKeptOrNot() {
        add("arm", 43, 200);
        log.keep(false);
        add("arm", 43, 200);
        add("arm", 43, 429);
        add("content", -1, 200);

        assertThat(log.entries()).isEmpty();
        assertThat(log.countsByRow()).containsEntry(43, 3).containsEntry(-1, 1);
        assertThat(log.counters()).containsEntry(new RequestLog.Key("arm", 43, 200), 2L);
        assertThat(log.leaks()).isEqualTo(1);
        log.keep(true);
        add("arm", 43, 200);
        assertThat(log.entries()).hasSize(1);
        log.clear();
        assertThat(log.entries()).isEmpty();
        assertThat(log.counters()).isEmpty();
        assertThat(log.leaks()).isZero();
    }

    @Test
    void halfAMillionRequestsThatAreNotKeptLeaveOneCounterEach() {
        log.keep(false);
        for (int i = 0; i < 500_000; i++) {
            add("experiments", i % 10, 200);
        }

        assertThat(log.entries()).isEmpty();
        assertThat(log.counters()).hasSize(10).containsEntry(new RequestLog.Key("experiments", 3, 200), 50_000L);
    }
}
