package io.dsrbroker.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Serves {@link ControlCalls} on a port, without any credentials. */
final class ControlServer implements AutoCloseable {

    private final Listen listen;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Call> calls;

    ControlServer(Listen listen, int port, List<Call> calls) {
        this.listen = listen;
        this.calls = calls;
        try {
            server = HttpServer.create(new InetSocketAddress(listen.address(), port), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::exchange);
        server.start();
    }

    /** One call; a null answer is 204. */
    record Call(String method, String path, String summary, Handler handler) {

        private @Nullable Map<String, String> match(List<String> segments) {
            var template = Paths.segments(path);
            if (template.size() != segments.size()) {
                return null;
            }
            var variables = new TreeMap<String, String>();
            for (int i = 0; i < template.size(); i++) {
                var part = template.get(i);
                if (part.startsWith("{")) {
                    variables.put(part.substring(1, part.length() - 1), segments.get(i));
                } else if (!part.equals(segments.get(i))) {
                    return null;
                }
            }
            return variables;
        }
    }

    /** Does what a call says. */
    @FunctionalInterface
    interface Handler {
        @Nullable
        JsonNode handle(Map<String, String> variables, ControlBody body);
    }

    String url() {
        return listen.origin(server.getAddress().getPort());
    }

    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            var reply = reply(exchange);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), reply.length() == 0 ? -1 : reply.length());
            reply.body().writeTo(exchange.getResponseBody());
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        try {
            return answer(
                    exchange.getRequestMethod(),
                    Paths.segments(exchange.getRequestURI().getRawPath()),
                    exchange.getRequestBody().readAllBytes());
        } catch (ControlBody.Refused | IllegalArgumentException e) {
            return error(400, String.valueOf(e.getMessage()));
        } catch (JacksonException e) {
            return error(400, "the body is not JSON");
        }
    }

    private Reply answer(String method, List<String> path, byte[] body) {
        for (var call : calls) {
            var variables = call.match(path);
            if (variables != null && call.method().equals(method)) {
                var parsed = body.length == 0 ? Json.object() : Json.MAPPER.readTree(body);
                if (!(parsed instanceof ObjectNode object)) {
                    return error(400, "the body is not a JSON object");
                }
                var answer = call.handler().handle(variables, new ControlBody(object));
                return answer == null ? Reply.empty(204) : Reply.ok(answer);
            }
        }
        boolean otherMethod = calls.stream().anyMatch(call -> call.match(path) != null);
        return error(otherMethod ? 405 : 404, "there is no such call; GET / lists all");
    }

    private static Reply error(int status, String message) {
        return Reply.json(status, Json.object().put("error", message));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
