package io.dsrbroker.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the broker's API. */
public final class Portal {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private final String url;
    private final String token;

    /** Of the broker at this URL, with this bearer. */
    public Portal(String url, String token) {
        this.url = url;
        this.token = token;
    }

    /** A status and a body. */
    public record Answer(int status, String body, HttpResponse<?> raw) {

        /** The body as JSON. */
        public JsonNode json() {
            return JSON.readTree(body);
        }
    }

    /** GET of a path below {@code /api/v1}. */
    public Answer get(String path) {
        return send(request(path).GET());
    }

    /** POST of a JSON body to a path below {@code /api/v1}. */
    public Answer post(String path, String body) {
        return post(path, body, UUID.randomUUID().toString());
    }

    /** The same with this idempotency key. */
    public Answer post(String path, String body, String key) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** PUT of a JSON body to a path below {@code /api/v1}. */
    public Answer put(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Submits a request; answers its id. */
    public String submit(String body) {
        Answer answer = post("/requests", body);
        if (answer.status() != 202) {
            throw new IllegalStateException("Not accepted: " + answer.status() + " " + answer.body());
        }
        return answer.json().get("id").asString();
    }

    /** Downloads a path to a file. */
    public int download(String path, Path file) {
        try {
            return HTTP.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofFile(file))
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + "/api/v1" + path)).header("Authorization", "Bearer " + token);
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body(), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
