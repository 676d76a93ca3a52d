package io.dsrbroker.lane;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the absence of what was deleted is proven.
 *
 * @param spacing the time between two readings
 * @param reads how many readings in a row must not show a resource before it counts as gone
 * @param patience how long a deleted resource may still be shown, or its deletion be refused because something uses it
 */
@Validated
@ConfigurationProperties("dsr.verify")
record VerifyProperties(
        @DefaultValue("5s") Duration spacing,
        @DefaultValue("2") @Min(1) int reads,
        @DefaultValue("15m") Duration patience) {}
