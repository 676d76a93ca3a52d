package io.dsrbroker.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegulationTests {

    @ParameterizedTest
    @CsvSource({
        "GDPR, 2026-11-02T09:15:00Z, 2026-12-02T23:59:59Z",
        "GDPR, 2026-01-31T00:00:00Z, 2026-02-28T23:59:59Z",
        "GDPR, 2028-01-31T23:59:59Z, 2028-02-29T23:59:59Z",
        "GDPR, 2026-12-31T12:00:00Z, 2027-01-31T23:59:59Z",
        "CCPA, 2026-11-02T09:15:00Z, 2026-12-17T23:59:59Z",
        "CCPA, 2028-01-31T00:00:00Z, 2028-03-16T23:59:59Z",
    })
    void answerIsDueAtTheEndOfTheDay(Regulation regulation, Instant receivedAt, Instant dueAt) {
        assertThat(regulation.dueAt(receivedAt)).isEqualTo(dueAt);
    }

    @ParameterizedTest
    @CsvSource({
        "GDPR, 2026-11-02T09:15:00Z, 2027-02-02T23:59:59Z",
        "GDPR, 2026-11-30T00:00:00Z, 2027-02-28T23:59:59Z",
        "GDPR, 2027-11-30T23:59:59Z, 2028-02-29T23:59:59Z",
        "GDPR, 2027-01-31T12:00:00Z, 2027-04-30T23:59:59Z",
        "GDPR, 2028-02-29T12:00:00Z, 2028-05-29T23:59:59Z",
        "GDPR, 2026-10-31T12:00:00Z, 2027-01-31T23:59:59Z",
        "CCPA, 2026-11-02T09:15:00Z, 2027-01-31T23:59:59Z",
        "CCPA, 2027-01-31T00:00:00Z, 2027-05-01T23:59:59Z",
        "CCPA, 2028-01-31T23:59:59Z, 2028-04-30T23:59:59Z",
        "CCPA, 2028-02-29T00:00:00Z, 2028-05-29T23:59:59Z",
    })
    void deadlineCanBeMovedToTheEndOfTheLastDay(Regulation regulation, Instant receivedAt, Instant latest) {
        assertThat(regulation.latestDueAt(receivedAt)).isEqualTo(latest);
    }
}
