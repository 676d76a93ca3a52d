package io.dsrbroker.audit;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the audit trail.
 *
 * @param checkpoint how often what was added to the trail is signed
 */
@Validated
@ConfigurationProperties("dsr.audit")
record AuditProperties(
        @DefaultValue("5m") @DurationMin(millis = 100) Duration checkpoint) {

    private static final Duration LATE = Duration.ofMinutes(15);

    /** How old an entry is that cannot be waiting for its first checkpoint any more. */
    Duration late() {
        Duration three = checkpoint.multipliedBy(3);
        return three.compareTo(LATE) > 0 ? three : LATE;
    }
}
