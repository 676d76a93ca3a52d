package io.dsrbroker.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The portal's side of callbacks: keeps what it is sent, by path, and answers as prepared, else 204. */
public final class PortalReceiver implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, List<Received>> received = new ConcurrentHashMap<>();
    private final Map<String, Queue<Prepared>> prepared = new ConcurrentHashMap<>();
    private final Map<String, Prepared> always = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private record Prepared(int status, String header, String value) {}

    /** One call as it came. */
    public record Received(HttpHeaders headers, String body, int status) {

        /** A header's value. */
        public String header(String name) {
            return headers.firstValue(name).orElseThrow();
        }

        /** The body as JSON. */
        public JsonNode json() {
            return JSON.readTree(body);
        }

        /** The stage that it tells of. */
        public String stage() {
            return json().at("/data/stage").asString();
        }
    }

    /** Listens on a free port of loopback. */
    public PortalReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** The URL of a path of it. */
    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Prepares the next answer at a path. */
    public PortalReceiver answering(String path, int status) {
        return answering(path, status, "X-Nothing", "nothing");
    }

    /** Prepares the next answer at a path, with a header. */
    public PortalReceiver answering(String path, int status, String header, String value) {
        prepared.computeIfAbsent(path, key -> new ConcurrentLinkedQueue<>()).add(new Prepared(status, header, value));
        return this;
    }

    /** Answers so at a path whenever nothing else is prepared; 0 is never to answer. */
    public PortalReceiver always(String path, int status) {
        always.put(path, new Prepared(status, "X-Nothing", "nothing"));
        return this;
    }

    /** What came at a path, in order. */
    public List<Received> at(String path) {
        return List.copyOf(received.getOrDefault(path, List.of()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Prepared answer =
                prepared.getOrDefault(path, new ConcurrentLinkedQueue<>()).poll();
        if (answer == null) {
            answer = always.getOrDefault(path, new Prepared(204, "X-Nothing", "nothing"));
        }
        received.computeIfAbsent(path, key -> new CopyOnWriteArrayList<>())
                .add(new Received(
                        HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true), body, answer.status()));
        if (answer.status() == 0) {
            waitUntilClosed();
        } else {
            exchange.getResponseHeaders().add(answer.header(), answer.value());
            exchange.sendResponseHeaders(answer.status(), -1);
        }
        exchange.close();
    }

    private void waitUntilClosed() {
        try {
            closed.await(5, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.close();
    }
}
