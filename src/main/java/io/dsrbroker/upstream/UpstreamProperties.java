package io.dsrbroker.upstream;

import io.dsrbroker.egress.Egress;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the upstreams.
 *
 * @param upstreams by the upstream's name
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
     * @param baseUrl may contain {@code {location}}; the catalogue's own where absent
     * @param auth how to obtain a token
     * @param contentOrigins origins from which content may be downloaded; the catalogue's own where absent
     */
    record Settings(
            @Nullable String baseUrl,
            @Valid @Nullable Auth auth,
            @Nullable List<String> contentOrigins) {}

    /**
     * How to obtain a token.
     *
     * @param type none, client-credentials, or azure-identity (workload identity, then managed identity)
     * @param tokenUri token endpoint of client-credentials
     * @param clientId of client-credentials; of azure-identity the user-assigned managed identity
     * @param clientSecret of client-credentials
     * @param scope the resource's scope; the double slash is right, because the resource's id ends with a slash
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
     * @param connectTimeout until the connection stands
     * @param responseTimeout until the answer begins, and between two reads of it
     * @param callTimeout for a whole document
     * @param maxDocument the largest document that is read
     * @param maxContent the largest content that is downloaded
     * @param contentTimeout for a whole content
     * @param connections to one host at a time
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
