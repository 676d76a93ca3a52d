package io.dsrbroker.upstream;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A server on this machine that gives the prepared answers in their order, and remembers what it was asked. */
final class Stub implements AutoCloseable {

    /** What was asked, as "METHOD path?query bearer". */
    final List<String> asked = new CopyOnWriteArrayList<>();

    /** The headers of each, and its body. */
    final List<Received> received = new CopyOnWriteArrayList<>();

    private final Queue<Prepared> answers = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    record Received(Headers headers, String body) {}

    private record Prepared(int status, String body, List<String> headers) {}

    Stub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next answer; {@code headers} are "Name: value", where {here}, {authority} and {port} are this server's. */
    Stub answering(int status, String body, String... headers) {
        answers.add(new Prepared(status, body.replace('\'', '"'), List.of(headers)));
        return this;
    }

    private String filled(String text) {
        String port = String.valueOf(server.getAddress().getPort());
        return text.replace("{here}", base())
                .replace("{authority}", "127.0.0.1:" + port)
                .replace("{port}", port);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String bearer = exchange.getRequestHeaders().getFirst("Authorization");
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI()
                + (bearer == null ? "" : " " + bearer.replace("Bearer ", "")));
        received.add(new Received(
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Prepared answer = answers.isEmpty() ? new Prepared(500, "", List.of()) : answers.remove();
        for (String header : answer.headers()) {
            String[] parts = header.split(": ", 2);
            exchange.getResponseHeaders().add(parts[0], filled(parts[1]));
        }
        byte[] body = filled(answer.body()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
