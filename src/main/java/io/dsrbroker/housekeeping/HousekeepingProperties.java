package io.dsrbroker.housekeeping;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often the broker looks after what has to be done when time has passed.
 *
 * @param every the time between two looks
 * @param archiveAfter how long after a request's end its tasks stay among those that are worked on
 */
@Validated
@ConfigurationProperties("dsr.housekeeping")
record HousekeepingProperties(
        @DefaultValue("1m") @DurationMin(millis = 100) Duration every,
        @DefaultValue("30d") @DurationMin(millis = 1) Duration archiveAfter) {}
