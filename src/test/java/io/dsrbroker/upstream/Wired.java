package io.dsrbroker.upstream;

import io.dsrbroker.catalogue.Absence;
import io.dsrbroker.catalogue.Call;
import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.Upstream;
import io.dsrbroker.catalogue.UriTemplate;
import io.dsrbroker.tracing.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import reactor.netty.resources.ConnectionProvider;

/** The real client of one upstream, "arm", wired as the broker wires it. */
final class Wired implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    final UpstreamClient client;
    final Upstream upstream;
    final MeterRegistry meters = new SimpleMeterRegistry();
    private final ConnectionProvider connections;

    Wired(String base, String... settings) {
        this(base, base, settings);
    }

    Wired(String base, String contentOrigin, String[] settings) {
        UpstreamProperties properties = properties(settings);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        UpstreamConfiguration configuration = new UpstreamConfiguration();
        this.upstream = new Upstream(
                "arm",
                base,
                new UriTemplate("arm", Set.of()),
                true,
                List.of(contentOrigin),
                List.of(new Absence(404, List.of("ResourceNotFound"))),
                List.of("NoRegisteredProviderFound"));
        this.connections = configuration.upstreamConnections(properties);
        AtomicInteger fetched = new AtomicInteger();
        AccessTokens tokens = new AccessTokens(
                Map.of("arm", () -> new AccessTokens.Token("t" + fetched.incrementAndGet(), NOW.plusSeconds(3600))),
                clock);
        var http = configuration.upstreamWebClient(connections, properties);
        Addresses addresses =
                new Addresses(new Catalogue("0", Map.of("arm", upstream), Map.of(), List.of()), properties);
        this.client = new UpstreamClient(
                new Downloads(http, properties, clock),
                addresses,
                new Sending(http, tokens, properties, clock),
                new UpstreamMetrics(meters, Traces.none()),
                clock);
    }

    /** Settings under {@code dsr}, each as {@code key=value}. */
    static UpstreamProperties properties(String... settings) {
        Map<String, String> values = new HashMap<>();
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            values.put("dsr." + parts[0], parts[1]);
        }
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("dsr", UpstreamProperties.class);
    }

    UpstreamRequest request(String method, String path) {
        return request(method, path, null);
    }

    UpstreamRequest request(String method, String path, @Nullable Continuation continuation) {
        Call call = new Call(
                method,
                List.of(),
                upstream.baseUrl() + path,
                new UriTemplate(path, Set.of()),
                Map.of(),
                "$skipToken",
                null,
                false);
        return new UpstreamRequest(upstream, call, Map.of(), null, continuation);
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
