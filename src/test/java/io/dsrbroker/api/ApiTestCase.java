package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.dsrbroker.job.RegisteredTargets;
import io.dsrbroker.support.Database;
import io.dsrbroker.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The broker over real HTTP, with a real database and really signed tokens, but nobody who drives the lanes. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "db-scheduler.enabled=false",
            "management.server.port=0",
            "dsr.shutdown.close-connections=0s",
            "dsr.limits.requests-per-second=10000",
            "dsr.limits.burst=10000",
            "dsr.limits.anonymous-per-second=10000",
            "dsr.limits.anonymous-burst=10000"
        })
@Execution(ExecutionMode.SAME_THREAD)
abstract class ApiTestCase {

    static final Database DATABASE = Database.fresh();
    static final Path STORE = temporaryFolder();
    static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static final String AUTHOR = "A".repeat(64);
    static final String SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
    static final String EXPORT = """
            {"type": "EXPORT", "externalId": "portal-1", "subject": {"galleryAuthorId": "%s"},
             "targets": [{"kind": "gallery-author"}]}""".formatted(AUTHOR);

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RegisteredTargets estate;

    @Autowired
    Vault vault;

    /** Whoever wants to wake lanes may; nothing happens. */
    @MockitoBean
    Scheduler scheduler;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        DATABASE.settings().forEach((name, value) -> properties.add(name, () -> value));
        properties.add(
                "spring.security.oauth2.resourceserver.jwt.public-key-location",
                () -> Tokens.PUBLIC_KEY.toUri().toString());
        properties.add("dsr.export.store", STORE::toString);
        properties.add("dsr.callback.secret", () -> "whsec_YXBpIHRlc3RzIG9ubHkgYXBpIHRlc3RzIG9ubHk=");
        properties.add("dsr.callback.allowed-hosts", () -> "portal.internal,*.portals.internal:8443");
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("dsr-api-tests");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A call being prepared. */
    final class Sending {

        private final HttpRequest.Builder request;

        private Sending(String method, String path) {
            request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .method(method, BodyPublishers.noBody());
        }

        Sending as(String token) {
            return header("Authorization", "Bearer " + token);
        }

        Sending header(String name, String value) {
            request.header(name, value);
            return this;
        }

        Sending json(String method, String body) {
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
            return this;
        }

        Sending body(String method, HttpRequest.BodyPublisher body) {
            request.method(method, body);
            return this;
        }

        HttpResponse<String> send() {
            return send(BodyHandlers.ofString());
        }

        <T> HttpResponse<T> send(HttpResponse.BodyHandler<T> body) {
            try {
                return CLIENT.send(request.build(), body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    Sending get(String path) {
        return new Sending("GET", path);
    }

    Sending call(String method, String path) {
        return new Sending(method, path);
    }

    Sending post(String path, String body) {
        return new Sending("POST", path).json("POST", body);
    }

    /** Sends a request as Ann, under a key of its own. */
    HttpResponse<String> submit(String body) {
        return submit(body, UUID.randomUUID().toString());
    }

    HttpResponse<String> submit(String body, String key) {
        return post("/api/v1/requests", body)
                .as(Tokens.of("ann", "dsr.create"))
                .header("Idempotency-Key", key)
                .send();
    }

    /** A kept export request. */
    UUID submitted() {
        HttpResponse<String> answer = submit(EXPORT);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return UUID.fromString(json(answer).get("id").stringValue());
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    static void assertProblem(HttpResponse<String> answer, int status, String name) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.get("type").stringValue()).isEqualTo("/problems/" + name);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("title").stringValue()).isNotBlank();
        assertThat(problem.get("detail").stringValue()).isNotBlank();
        assertThat(problem.get("instance").stringValue()).matches("urn:uuid:[0-9a-f-]{36}");
        assertThat(answer.body()).doesNotContain("Exception", "io.dsrbroker", "select ", "org.spring");
    }
}
