package io.dsrbroker.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** An answer, whose body is written only while it is sent. */
record Reply(int status, Map<String, String> headers, long length, Body body) {

    /** Writes a body. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    static Reply json(int status, JsonNode node) {
        return bytes(status, "application/json; charset=utf-8", Json.bytes(node));
    }

    static Reply ok(JsonNode node) {
        return json(200, node);
    }

    static Reply text(int status, String contentType, String text) {
        return bytes(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), 0, out -> {});
    }

    boolean isJson() {
        return length > 0 && headers.getOrDefault("Content-Type", "").startsWith("application/json");
    }

    /** The same answer with another body. */
    Reply withBody(byte[] other) {
        return new Reply(status, headers, other.length, out -> out.write(other));
    }

    byte[] bytes() throws IOException {
        var out = new ByteArrayOutputStream();
        body.writeTo(out);
        return out.toByteArray();
    }

    private static Reply bytes(int status, String contentType, byte[] bytes) {
        return new Reply(status, Map.of("Content-Type", contentType), bytes.length, out -> out.write(bytes));
    }

    Reply with(String name, String value) {
        var more = new TreeMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, length, body);
    }
}
