package io.dsrbroker.egress;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where calls may go at all.
 *
 * @param allowPrivateAddresses whether connections to private, loopback, link-local and metadata addresses are allowed; for
 *     development, or for upstreams behind private endpoints
 * @param allowHttp whether upstreams may be called without TLS; for development only
 */
@ConfigurationProperties("dsr.egress")
public record Egress(
        @DefaultValue("false") boolean allowPrivateAddresses,
        @DefaultValue("false") boolean allowHttp) {}
