package io.dsrbroker.api;

import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often this replica lets itself be called; each replica counts for itself.
 *
 * @param requestsPerSecond of one client, or of one person where the token names no client
 * @param burst as many at once, after a while without any
 * @param anonymousPerSecond calls without a token from one address; five times as many with a token that is no good
 * @param anonymousBurst as many at once, after a while without any
 * @param streams event streams of one client that are open at a time
 */
@Validated
@ConfigurationProperties("dsr.limits")
record LimitProperties(
        @Positive @DefaultValue("50") int requestsPerSecond,
        @Positive @DefaultValue("200") int burst,
        @Positive @DefaultValue("20") int anonymousPerSecond,
        @Positive @DefaultValue("100") int anonymousBurst,
        @Positive @DefaultValue("50") int streams) {}
