package io.dsrbroker.export;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long things are kept.
 *
 * @param pack how long a package can be downloaded
 */
@Validated
@ConfigurationProperties("dsr.retention")
record RetentionProperties(
        @DefaultValue("30d") @org.springframework.boot.context.properties.bind.Name("package")
        Duration pack) {}
