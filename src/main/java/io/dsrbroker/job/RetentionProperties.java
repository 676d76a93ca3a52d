package io.dsrbroker.job;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.validation.annotation.Validated;

/**
 * How long things are kept.
 *
 * @param pack how long a package can be downloaded, and what was kept of its subject can be opened, after the job's end
 */
@Validated
@ConfigurationProperties("dsr.retention")
public record RetentionProperties(
        @DefaultValue("30d") @Name("package") @DurationMin(millis = 1)
        Duration pack) {}
