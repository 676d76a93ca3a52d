package io.dsrbroker.housekeeping;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often the broker looks after what has to be done when time has passed.
 *
 * @param every how often what is due is erased, and keys are wrapped anew
 */
@Validated
@ConfigurationProperties("dsr.housekeeping")
record HousekeepingProperties(
        @DefaultValue("1m") @DurationMin(millis = 100) Duration every) {}
