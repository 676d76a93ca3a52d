package io.dsrbroker.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a request of one upstream through quota, faults and handler, and sends what has become of its answer. */
final class Exchanges {

    private static final System.Logger LOG = System.getLogger(Exchanges.class.getName());

    private final Upstream upstream;
    private final Dispatcher dispatcher;
    private final Common common;
    private final ResponseHeaders responseHeaders;

    Exchanges(Upstream upstream, Dispatcher dispatcher, Common common) {
        this.upstream = upstream;
        this.dispatcher = dispatcher;
        this.common = common;
        this.responseHeaders = new ResponseHeaders(upstream);
    }

    /** What all upstreams of a simulator share. */
    record Common(SimulatorSettings settings, RequestLog log, Operations operations, Windows windows) {}

    void exchange(HttpExchange exchange, String origin) throws IOException {
        try (exchange) {
            common.operations().settle();
            handle(exchange, origin);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the simulator failed; the connection is closed without an answer", e);
        }
    }

    private void handle(HttpExchange exchange, String origin) throws IOException, InterruptedException {
        var uri = exchange.getRequestURI();
        var settings = common.settings();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var grant =
                settings.quotas.take(upstream, exchange.getRequestMethod(), uri.getRawPath(), settings.clock.instant());
        if (grant != null && grant.refused()) {
            var match = match(exchange);
            common.log().add(seen(exchange, match).answered(429));
            send(exchange, Errors.throttled(upstream, grant.retryAfterSeconds()), grant, null);
            return;
        }
        List<String> path;
        Map<String, String> query;
        var rawQuery = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        try {
            path = Paths.segments(uri.getRawPath());
            query = Paths.query(rawQuery);
        } catch (Paths.Malformed e) {
            common.log().add(seen(exchange, null).answered(400));
            send(exchange, Errors.noRoute(upstream, 400), grant, null);
            return;
        }
        var match = dispatcher.match(exchange.getRequestMethod(), path);
        var seen = seen(exchange, match);
        var redirect = settings.hostile.redirect(seen);
        var fault = redirect != null ? null : fault(seen, match).orElse(null);
        @Nullable Reply reply = redirect;
        if (redirect == null && (fault == null || fault.handledAnyway())) {
            reply = match == null
                    ? dispatcher.unmatched(path)
                    : dispatcher.answer(
                            new Call(
                                    upstream,
                                    origin,
                                    exchange.getRequestMethod(),
                                    uri.getRawPath(),
                                    rawQuery,
                                    query,
                                    exchange.getRequestHeaders(),
                                    body,
                                    match.variables(),
                                    match.route().tail(path)),
                            match.route());
            reply = settings.hostile.baited(reply, seen.row(), origin);
        }
        if (fault != null) {
            reply = afflicted(fault, reply);
            Thread.sleep(fault.delay());
        }
        common.log().add(seen.answered(reply == null ? 0 : reply.status()));
        if (reply != null) {
            send(exchange, reply, grant, fault);
        }
    }

    private Dispatcher.@Nullable Match match(HttpExchange exchange) {
        try {
            return dispatcher.match(
                    exchange.getRequestMethod(),
                    Paths.segments(exchange.getRequestURI().getRawPath()));
        } catch (Paths.Malformed e) {
            return null;
        }
    }

    private Optional<Fault> fault(LoggedRequest seen, Dispatcher.@Nullable Match match) {
        return common.windows()
                .on(seen)
                .or(() -> common.settings().faults.on(seen))
                .or(() -> match == null
                        ? Optional.empty()
                        : common.operations().failingRead(match.variables().get("operation")));
    }

    /** The answer with the fault in it; null means that there is none. */
    private static @Nullable Reply afflicted(Fault fault, @Nullable Reply real) throws IOException {
        if (fault.hangsUp()) {
            return null;
        }
        if (fault.status() == 0) {
            return real == null ? null : distorted(fault.distortion(), real);
        }
        var text = fault.body() == null ? "" : fault.body();
        var reply = Reply.text(fault.status(), "text/plain", text);
        for (var header : fault.headers().entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        return reply;
    }

    private static Reply distorted(Fault.Distortion distortion, Reply real) throws IOException {
        if (!real.isJson()) {
            return real;
        }
        return switch (distortion) {
            case NONE -> real;
            case HALVED -> {
                var bytes = real.bytes();
                yield real.withBody(Arrays.copyOf(bytes, bytes.length / 2));
            }
            case CAPITALS -> real.withBody(Json.bytes(Json.capitals(Json.MAPPER.readTree(real.bytes()))));
        };
    }

    private LoggedRequest seen(HttpExchange exchange, Dispatcher.@Nullable Match match) {
        int row = match == null ? -1 : match.route().row();
        var headers = exchange.getRequestHeaders();
        boolean dataLabToken = headers.containsKey(GalleryService.TOKEN_HEADER);
        return new LoggedRequest(
                common.log().next(),
                common.settings().clock.instant(),
                upstream.wireName(),
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                row == 2 && dataLabToken ? 3 : row,
                0,
                headers.containsKey("Authorization"),
                dataLabToken,
                headers.getFirst("x-ms-client-request-id"));
    }

    private void send(HttpExchange exchange, Reply reply, TokenBucket.@Nullable Grant grant, @Nullable Fault fault)
            throws IOException {
        var headers = exchange.getResponseHeaders();
        responseHeaders.add(exchange, reply.status(), grant);
        reply.headers().forEach(headers::set);
        if (exchange.getRequestMethod().equals("HEAD") || reply.length() == 0) {
            if (reply.length() > 0) {
                headers.set("Content-Length", String.valueOf(reply.length()));
            }
            exchange.sendResponseHeaders(reply.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(reply.status(), reply.length());
        var out = exchange.getResponseBody();
        var slow = fault == null || fault.dribbling().isZero()
                ? out
                : new DribblingStream(out, reply.length(), fault.dribbling());
        long truncateAt = fault == null ? Long.MAX_VALUE : fault.truncateAt();
        reply.body().writeTo(truncateAt < reply.length() ? new TruncatedStream(slow, truncateAt) : slow);
        out.close();
    }
}
