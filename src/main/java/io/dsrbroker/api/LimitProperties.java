package io.dsrbroker.api;

import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often this replica lets itself be called; each replica counts for itself.
 *
 * @param requestsPerSecond how often one client may call, or one person where the token names no client
 * @param burst how many calls it may make at once, after a while without any
 * @param anonymousPerSecond how often one address may call without a token; five times as often with a token that is no good
 * @param anonymousBurst how many such calls it may make at once, after a while without any
 * @param streams how many event streams one client may have open at a time
 */
@Validated
@ConfigurationProperties("dsr.limits")
record LimitProperties(
        @Positive @DefaultValue("50") int requestsPerSecond,
        @Positive @DefaultValue("200") int burst,
        @Positive @DefaultValue("20") int anonymousPerSecond,
        @Positive @DefaultValue("100") int anonymousBurst,
        @Positive @DefaultValue("50") int streams) {}
