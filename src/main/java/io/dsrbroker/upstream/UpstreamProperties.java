package io.dsrbroker.upstream;

import io.dsrbroker.egress.Egress;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the upstreams.
 *
 * @param upstreams where each upstream is and how to call it, by its name in the catalogue: {@code gallery-catalog},
 *     {@code arm}, {@code model-management}, {@code experiments}
 * @param egress where calls may go at all
 * @param http limits of one call
 */
@Validated
@ConfigurationProperties("dsr")
record UpstreamProperties(
        @DefaultValue Map<String, @Valid Settings> upstreams,
        @DefaultValue Egress egress,
        @DefaultValue Http http) {

    private static final Settings NONE = new Settings(null, null, null);

    /** The settings of this upstream, empty where there are none. */
    Settings of(String upstream) {
        return upstreams.getOrDefault(upstream, NONE);
    }

    /**
     * Settings of one upstream.
     *
     * @param baseUrl only to point it elsewhere; may contain {@code {location}}. Without it the catalogue's own
     * @param auth how to obtain a token
     * @param contentOrigins origins from which contents may be downloaded, such as {@code https://*.blob.core.windows.net}.
     *     Without it the catalogue's own
     */
    @ConfigurationPropertiesSource
    record Settings(
            @Nullable String baseUrl,
            @Valid @Nullable Auth auth,
            @Nullable List<String> contentOrigins) {}

    /**
     * How to obtain a token.
     *
     * @param type {@code none}, {@code client-credentials}, or {@code azure-identity}: workload identity where the pod has one,
     *     then managed identity. So it is too where nothing is set below {@code auth}
     * @param tokenUri token endpoint; needed for {@code client-credentials}
     * @param clientId needed for {@code client-credentials}; for {@code azure-identity} only to choose a user-assigned managed
     *     identity
     * @param clientSecret needed for {@code client-credentials}
     * @param scope what tokens are asked for; the double slash is right, because the resource's id ends with a slash
     */
    record Auth(
            Type type,
            @Nullable URI tokenUri,
            @Nullable String clientId,
            @Nullable String clientSecret,

            @DefaultValue("https://management.core.windows.net//.default")
            String scope) {

        enum Type {
            /** No token. */
            NONE,
            /** RFC 6749 §4.4. */
            CLIENT_CREDENTIALS,
            /** The pod's or machine's own Azure identity. */
            AZURE_IDENTITY
        }

        @Override
        public String toString() {
            return "Auth[" + type + "]";
        }
    }

    /**
     * Limits of one call.
     *
     * @param connectTimeout how long making a connection may take
     * @param responseTimeout how long an upstream may be silent, before its answer begins and within it
     * @param callTimeout how long reading one document may take in all
     * @param maxDocument the largest document that is read
     * @param maxContent the largest content that is downloaded
     * @param contentTimeout how long downloading one content may take in all
     * @param connections how many connections one host may be called with at a time
     */
    record Http(
            @DefaultValue("10s") Duration connectTimeout,
            @DefaultValue("60s") Duration responseTimeout,
            @DefaultValue("120s") Duration callTimeout,
            @DefaultValue("16MB") DataSize maxDocument,
            @DefaultValue("50GB") DataSize maxContent,
            @DefaultValue("12h") Duration contentTimeout,
            @DefaultValue("256") int connections) {}
}
