package io.dsrbroker.callback;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the callbacks; without a secret or an allowed host there are none.
 *
 * @param secret {@code whsec_…} secrets of Standard Webhooks, separated by commas; each signs, so that one can be
 *     replaced without a gap. Without one a {@code callbackUrl} is refused
 * @param allowedHosts hosts that may be called: {@code portal.example} or {@code *.example}, with the scheme's own port
 *     unless {@code :8443} names another or {@code :*} every one. Without one a {@code callbackUrl} is refused
 * @param allowPrivateAddresses whether these hosts may lie in the operator's own networks (10/8, 172.16/12, 192.168/16,
 *     100.64/10, fc00::/7); never on this machine, its link or a metadata service
 * @param retrySchedule how long after each failure the next try is made; once it is used up the callback has failed
 * @param timeout how long one try may take in all
 * @param concurrency how many callbacks may be under way to one host at a time
 */
@Validated
@ConfigurationProperties("dsr.callback")
record CallbackProperties(
        @DefaultValue List<String> secret,
        @DefaultValue List<String> allowedHosts,
        @DefaultValue("false") boolean allowPrivateAddresses,

        @DefaultValue({"5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
        List<Duration> retrySchedule,

        @DefaultValue("20s") @DurationMin(millis = 100) @DurationMax(seconds = 60)
        Duration timeout,

        @DefaultValue("8") @Min(1) @Max(64) int concurrency) {

    @Override
    public String toString() {
        return "CallbackProperties[" + secret.size() + " secrets, allowedHosts=" + allowedHosts + "]";
    }
}
