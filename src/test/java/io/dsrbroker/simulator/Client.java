package io.dsrbroker.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A caller of the simulator over real HTTP that follows links and tokens to the end of a list. */
final class Client {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An answer with its body as bytes. */
    record Answer(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return MAPPER.readTree(response.body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Answer send(String method, String url, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    Answer get(String url) throws IOException, InterruptedException {
        return send("GET", url, "Authorization", "Bearer good");
    }

    Answer delete(String url) throws IOException, InterruptedException {
        return send("DELETE", url, "Authorization", "Bearer good");
    }

    Answer anonymous(String url, String... headers) throws IOException, InterruptedException {
        return send("GET", url, headers);
    }

    Answer form(String url, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return new Answer(http.send(request, HttpResponse.BodyHandlers.ofByteArray()));
    }

    /** All items of a list; {@code parameter} is where its token goes. */
    List<JsonNode> all(String url, String parameter) throws IOException, InterruptedException {
        var items = new ArrayList<JsonNode>();
        @Nullable String next = url;
        while (next != null) {
            var answer = get(next);
            if (answer.status() != 200) {
                throw new IOException("status " + answer.status() + " for " + next);
            }
            answer.json().path("value").forEach(items::add);
            next = next(url, answer.json(), parameter);
        }
        return items;
    }

    private static @Nullable String next(String url, JsonNode body, String parameter) {
        if (body.path("nextLink").isString()) {
            return body.path("nextLink").stringValue();
        }
        if (body.path("continuationToken").isString()) {
            return url + (url.contains("?") ? "&" : "?") + parameter + "="
                    + Paths.encode(body.path("continuationToken").stringValue(""));
        }
        return null;
    }
}
