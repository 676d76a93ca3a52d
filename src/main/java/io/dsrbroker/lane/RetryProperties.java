package io.dsrbroker.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.validation.annotation.Validated;

/**
 * How often and how long failed calls are tried again.
 *
 * @param baseDelay the wait after the first failure; it doubles with each further one
 * @param maxDelay the longest wait between two tries
 * @param giveUp how long failing calls are tried again: {@code until-due} (until the request is due, but a day at least), or a
 *     duration since the first failure
 */
@Validated
@ConfigurationProperties("dsr.retry")
record RetryProperties(
        @DefaultValue("1s") Duration baseDelay,
        @DefaultValue("15m") Duration maxDelay,
        @DefaultValue("until-due") String giveUp) {

    private static final String UNTIL_DUE = "until-due";
    private static final Duration AT_LEAST = Duration.ofDays(1);

    RetryProperties {
        if (!giveUp.equals(UNTIL_DUE)) {
            DurationStyle.detectAndParse(giveUp);
        }
    }

    /** When the last try of a task may be made that has failed since then; a late request is tried for a while too. */
    Instant lastTry(Instant failingSince, Instant dueAt) {
        Instant untilDue = Collections.max(List.of(dueAt, failingSince.plus(AT_LEAST)));
        return giveUp.equals(UNTIL_DUE) ? untilDue : failingSince.plus(DurationStyle.detectAndParse(giveUp));
    }
}
