package io.dsrbroker.job;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** The law under which a request was made; it sets the deadline. */
public enum Regulation {
    /** One calendar month, clipped to the month's end (Art. 12(3)). */
    GDPR {
        @Override
        LocalDate dueDay(LocalDate received) {
            return received.plusMonths(1);
        }

        @Override
        LocalDate lastDay(LocalDate received) {
            return received.plusMonths(3);
        }
    },
    /** 45 days (Cal. Civ. Code 1798.130). */
    CCPA {
        @Override
        LocalDate dueDay(LocalDate received) {
            return received.plusDays(45);
        }

        @Override
        LocalDate lastDay(LocalDate received) {
            return received.plusDays(90);
        }
    };

    abstract LocalDate dueDay(LocalDate received);

    abstract LocalDate lastDay(LocalDate received);

    /** The last second of the UTC day on which an answer is due. */
    public Instant dueAt(Instant receivedAt) {
        return end(dueDay(LocalDate.ofInstant(receivedAt, ZoneOffset.UTC)));
    }

    /** The latest second to which an extension may move that: GDPR Art. 12(3) two months more, CCPA 45 days more. */
    public Instant latestDueAt(Instant receivedAt) {
        return end(lastDay(LocalDate.ofInstant(receivedAt, ZoneOffset.UTC)));
    }

    private static Instant end(LocalDate day) {
        return day.atTime(LocalTime.of(23, 59, 59)).toInstant(ZoneOffset.UTC);
    }
}
