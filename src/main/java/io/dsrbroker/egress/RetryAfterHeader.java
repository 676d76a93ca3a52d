package io.dsrbroker.egress;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * For how long a {@code Retry-After} header asks to wait, in seconds or as a date (RFC 9110 §10.2.3).
 *
 * @param longest what a longer wait is cut to
 */
public record RetryAfterHeader(Clock clock, Duration longest) {

    /** Between nothing and the longest; null where the header says nothing readable. */
    public @Nullable Duration of(@Nullable String value) {
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

    private Duration seconds(String digits) {
        return digits.length() > 9 ? longest : clipped(Duration.ofSeconds(Long.parseLong(digits)));
    }

    /** The same wait, cut to what is waited for at most. */
    public Duration clipped(Duration given) {
        return given.isNegative() ? Duration.ZERO : given.compareTo(longest) > 0 ? longest : given;
    }
}
