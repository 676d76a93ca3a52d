package io.dsrbroker.egress;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where calls may go at all.
 *
 * @param allowPrivateAddresses connections to this machine and its networks; for development only
 * @param allowHttp for development only
 */
@ConfigurationProperties("dsr.egress")
public record Egress(
        @DefaultValue("false") boolean allowPrivateAddresses,
        @DefaultValue("false") boolean allowHttp) {}
