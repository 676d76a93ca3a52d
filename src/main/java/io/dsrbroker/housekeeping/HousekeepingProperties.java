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
 * @param sample the time between two samples of the database's figures, by each replica
 */
@Validated
@ConfigurationProperties("dsr.housekeeping")
record HousekeepingProperties(
        @DefaultValue("1m") @DurationMin(millis = 100) Duration every,
        @DefaultValue("20s") @DurationMin(millis = 100) Duration sample) {}
