package io.dsrbroker.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** One upstream on a port of the loopback interface. */
final class UpstreamServer implements AutoCloseable {

    static {
        // Without these the JDK's server waits 40 ms for the peer's acknowledgement and drops pooled connections early.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
        System.setProperty("sun.net.httpserver.idleInterval", "600");
    }

    private static final System.Logger LOG = System.getLogger(UpstreamServer.class.getName());

    private final Upstream upstream;
    private final Dispatcher dispatcher;
    private final SimulatorSettings settings;
    private final RequestLog log;
    private final Operations operations;
    private final ResponseHeaders responseHeaders;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int port;
    private @Nullable HttpServer server;

    UpstreamServer(
            Upstream upstream,
            int port,
            Dispatcher dispatcher,
            SimulatorSettings settings,
            RequestLog log,
            Operations operations) {
        this.upstream = upstream;
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.log = log;
        this.operations = operations;
        this.responseHeaders = new ResponseHeaders(upstream);
        var first = bind(port);
        this.server = first;
        this.port = first.getAddress().getPort();
    }

    String origin() {
        return "http://127.0.0.1:" + port;
    }

    private HttpServer bind(int wanted) {
        try {
            var fresh = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), wanted), 1024);
            fresh.setExecutor(threads);
            fresh.createContext("/", this::exchange);
            fresh.start();
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the port: connections are refused until {@link #open()}. */
    synchronized void refuse() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** Opens the same port again. */
    synchronized void open() {
        if (server == null) {
            server = bind(port);
        }
    }

    @Override
    public void close() {
        refuse();
        threads.shutdownNow();
    }

    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            operations.settle();
            handle(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the simulator failed; the connection is closed without an answer", e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException, InterruptedException {
        var uri = exchange.getRequestURI();
        var method = exchange.getRequestMethod();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var rawQuery = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        List<String> path;
        Map<String, String> query;
        try {
            path = Paths.segments(uri.getRawPath());
            query = Paths.query(rawQuery);
        } catch (Paths.Malformed e) {
            var seen = seen(exchange, -1);
            log.add(seen.answered(400));
            send(exchange, Errors.noRoute(upstream, 400), Long.MAX_VALUE);
            return;
        }
        var match = dispatcher.match(method, path);
        var seen = seen(exchange, match == null ? -1 : match.route().row());
        var fault = settings.faults.on(seen).orElse(null);
        @Nullable Reply reply = null;
        if (fault == null || fault.handledAnyway()) {
            reply = match == null
                    ? dispatcher.unmatched(path)
                    : dispatcher.answer(
                            new Call(
                                    upstream,
                                    origin(),
                                    method,
                                    uri.getRawPath(),
                                    rawQuery,
                                    query,
                                    exchange.getRequestHeaders(),
                                    body,
                                    match.variables(),
                                    match.route().tail(path)),
                            match.route());
        }
        if (fault != null) {
            reply = afflicted(fault, reply);
            Thread.sleep(fault.delay());
        }
        log.add(seen.answered(reply == null ? 0 : reply.status()));
        if (reply != null) {
            send(exchange, reply, fault == null ? Long.MAX_VALUE : fault.truncateAt());
        }
    }

    /** The answer with the fault in it; null means that there is none. */
    private static @Nullable Reply afflicted(Fault fault, @Nullable Reply real) {
        if (fault.hangsUp()) {
            return null;
        }
        if (fault.status() == 0) {
            return real;
        }
        var text = fault.body() == null ? "" : fault.body();
        var reply = Reply.text(fault.status(), "text/plain", text);
        for (var header : fault.headers().entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        return reply;
    }

    private LoggedRequest seen(HttpExchange exchange, int row) {
        var headers = exchange.getRequestHeaders();
        boolean dataLabToken = headers.containsKey(GalleryService.TOKEN_HEADER);
        return new LoggedRequest(
                log.next(),
                settings.clock.instant(),
                upstream.wireName(),
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                row == 2 && dataLabToken ? 3 : row,
                0,
                headers.containsKey("Authorization"),
                dataLabToken,
                headers.getFirst("x-ms-client-request-id"));
    }

    private void send(HttpExchange exchange, Reply reply, long truncateAt) throws IOException {
        var headers = exchange.getResponseHeaders();
        responseHeaders.add(exchange, reply.status());
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
        reply.body().writeTo(truncateAt < reply.length() ? new TruncatedStream(out, truncateAt) : out);
        out.close();
    }
}
