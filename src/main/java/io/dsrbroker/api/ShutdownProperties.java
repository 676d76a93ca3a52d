package io.dsrbroker.api;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the API takes its leave.
 *
 * @param closeConnections for how long after SIGTERM callers are still answered, and told to call on another connection; 0
 *     cuts off whoever calls on a kept connection at that moment
 */
@Validated
@ConfigurationProperties("dsr.shutdown")
record ShutdownProperties(@DefaultValue("2s") Duration closeConnections) {

    ShutdownProperties {
        if (closeConnections.isNegative() || closeConnections.compareTo(Duration.ofSeconds(10)) > 0) {
            throw new IllegalArgumentException("dsr.shutdown.close-connections must be between 0 and 10s");
        }
    }
}
