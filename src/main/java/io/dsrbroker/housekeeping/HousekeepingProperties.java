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
 * @param archiveAfter how long after a request's end its tasks stay in the table that lanes work through; longer than 30
 *     days, or the gauge of exceptions, which covers that time, misses some. Nothing that the API says depends on it
 */
@Validated
@ConfigurationProperties("dsr.housekeeping")
record HousekeepingProperties(
        @DefaultValue("1m") @DurationMin(millis = 100) Duration every,
        @DefaultValue("20s") @DurationMin(millis = 100) Duration sample,
        @DefaultValue("35d") @DurationMin(millis = 1) Duration archiveAfter) {}
