package io.dsrbroker.upstream;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** For how long an upstream asks to be left alone: between nothing and one hour. */
record RetryAfter(Clock clock) {

    private static final Duration LONGEST = Duration.ofHours(1);

    /** What a header says, in seconds or as a date (RFC 9110 §10.2.3); null where it says nothing readable. */
    @Nullable
    Duration header(@Nullable String value) {
        if (value == null) {
            return null;
        }
        String text = value.strip();
        if (text.matches("[+-]?\\d+")) {
            return text.startsWith("-") ? Duration.ZERO : seconds(text.replace("+", ""));
        }
        try {
            return clipped(Duration.between(
                    clock.instant(),
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Duration seconds(String digits) {
        return digits.length() > 9 ? LONGEST : clipped(Duration.ofSeconds(Long.parseLong(digits)));
    }

    private static Duration clipped(Duration given) {
        return given.isNegative() ? Duration.ZERO : given.compareTo(LONGEST) > 0 ? LONGEST : given;
    }
}
