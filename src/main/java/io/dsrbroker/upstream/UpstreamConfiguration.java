package io.dsrbroker.upstream;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.Upstream;
import io.dsrbroker.egress.ConnectGuard;
import io.dsrbroker.upstream.AccessTokens.TokenSource;
import io.dsrbroker.upstream.UpstreamProperties.Auth;
import io.netty.channel.ChannelOption;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Makes the HTTP client and the token sources of the upstreams. */
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

    /** Three places to ask at of 4 KB each, and much besides. */
    private static final int MAX_HEADERS = 64 * 1024;

    @Bean(destroyMethod = "dispose")
    ConnectionProvider upstreamConnections(UpstreamProperties properties) {
        return ConnectionProvider.builder("upstream")
                .maxConnections(properties.http().connections())
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(properties.http().callTimeout())
                .maxIdleTime(java.time.Duration.ofSeconds(30))
                .build();
    }

    @Bean
    WebClient upstreamWebClient(ConnectionProvider upstreamConnections, UpstreamProperties properties) {
        HttpClient plain = HttpClient.create(upstreamConnections)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        properties.http().connectTimeout().toMillis())
                .responseTimeout(properties.http().responseTimeout())
                .followRedirect(false)
                .disableRetry(true)
                .noProxy()
                .httpResponseDecoder(answer -> answer.maxHeaderSize(MAX_HEADERS));
        HttpClient http = properties.egress().allowPrivateAddresses()
                ? plain
                : plain.doOnChannelInit(
                        (observer, channel, remote) -> channel.pipeline().addFirst(ConnectGuard.publicOnly()));
        // Loads the event loops and the name resolver before the first call waits for them.
        http.warmup().block();
        return WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http))
                .codecs(codecs -> codecs.defaultCodecs()
                        .maxInMemorySize((int) properties.http().maxDocument().toBytes()))
                .build();
    }

    @Bean
    AccessTokens accessTokens(Catalogue catalogue, UpstreamProperties properties, Clock clock) {
        Map<String, TokenSource> sources = new HashMap<>();
        for (Upstream upstream : catalogue.upstreams().values()) {
            if (!upstream.bearer()) {
                continue;
            }
            Auth auth = properties.of(upstream.name()).auth();
            if (auth == null) {
                auth = new Auth(
                        Auth.Type.AZURE_IDENTITY, null, null, null, "https://management.core.windows.net//.default");
            }
            switch (auth.type()) {
                case NONE -> {}
                case CLIENT_CREDENTIALS ->
                    sources.put(upstream.name(), TokenSources.clientCredentials(upstream.name(), auth));
                case AZURE_IDENTITY -> sources.put(upstream.name(), TokenSources.azureIdentity(auth));
            }
        }
        return new AccessTokens(sources, clock);
    }
}
