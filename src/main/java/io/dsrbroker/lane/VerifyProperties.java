package io.dsrbroker.lane;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the absence of what was deleted is proven.
 *
 * @param spacing between two readings
 * @param reads how many readings in a row must not show it
 * @param patience how long it may still be shown, or be refused as used by something else
 */
@Validated
@ConfigurationProperties("dsr.verify")
record VerifyProperties(
        @DefaultValue("5s") Duration spacing,
        @DefaultValue("2") @Min(1) int reads,
        @DefaultValue("15m") Duration patience) {}
