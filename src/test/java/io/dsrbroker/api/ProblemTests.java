package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

class ProblemTests extends ApiTestCase {

    private static final String READER = Tokens.of("ann", "dsr.read");
    private static final String CREATOR = Tokens.of("ann", "dsr.create");

    @Test
    void unknownRequestIs404() {
        String path = "/api/v1/requests/" + UUID.randomUUID();
        assertProblem(get(path).as(READER).send(), 404, "not-found");
        assertProblem(get(path + "/resources").as(READER).send(), 404, "not-found");
        assertProblem(get(path + "/events").as(READER).send(), 404, "not-found");
        assertProblem(
                get(path + "/package").as(Tokens.of("ann", "dsr.download")).send(), 404, "not-found");
        assertProblem(
                post(path + "/decisions", """
                        {"decision": "INCLUDE", "reason": "hers", "type": "run"}""")
                        .as(Tokens.of("bob", "dsr.approve"))
                        .send(),
                404,
                "not-found");
    }

    @Test
    void badIdIs400AndNotRepeated() {
        var answer = get("/api/v1/requests/ann@example.com").as(READER).send();
        assertProblem(answer, 400, "invalid-parameter");
        assertThat(answer.body()).doesNotContain("ann@example.com");
    }

    @Test
    void otherMethodIs405WithAllow() {
        var answer = call("PATCH", "/api/v1/requests").as(READER).send();
        assertProblem(answer, 405, "method-not-allowed");
        assertThat(answer.headers().firstValue("Allow").orElse(""))
                .contains("GET")
                .contains("POST");
    }

    @Test
    void otherMediaTypesAre415And406() {
        assertProblem(
                call("POST", "/api/v1/requests")
                        .body("POST", BodyPublishers.ofString("type: EXPORT"))
                        .header("Content-Type", "application/yaml")
                        .as(CREATOR)
                        .send(),
                415,
                "unsupported-media-type");
        assertProblem(
                call("POST", "/api/v1/requests")
                        .body("POST", BodyPublishers.ofString(EXPORT))
                        .as(CREATOR)
                        .send(),
                415,
                "unsupported-media-type");
        assertProblem(
                get("/api/v1/requests").header("Accept", "text/csv").as(READER).send(), 406, "not-acceptable");
    }

    @Test
    void longBodiesAre413WithAndWithoutLength() {
        byte[] body = (" ".repeat(70_000) + EXPORT).getBytes(StandardCharsets.UTF_8);
        for (var publisher : java.util.List.of(
                BodyPublishers.ofByteArray(body), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))) {
            assertProblem(
                    call("POST", "/api/v1/requests")
                            .body("POST", publisher)
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", "long")
                            .as(CREATOR)
                            .send(),
                    413,
                    "body-too-large");
        }
        byte[] fits = (" ".repeat(65_536 - EXPORT.length()) + EXPORT).getBytes(StandardCharsets.UTF_8);
        assertThat(call("POST", "/api/v1/requests")
                        .body("POST", BodyPublishers.ofByteArray(fits))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .as(CREATOR)
                        .send()
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void brokenJsonIs400() {
        String deep = "[".repeat(10_000);
        for (String body : java.util.List.of(
                "",
                " ",
                "{",
                "{}{}",
                "{'type': 1}",
                "{\"type\": 1, \"type\": 2}",
                deep,
                deep + "]".repeat(10_000),
                "nul",
                "{\"n\": " + "9".repeat(5_000) + "}")) {
            assertProblem(submit(body), 400, "malformed-json");
        }
    }

    @Test
    void badParametersAre400() {
        UUID id = submitted();
        for (String query : java.util.List.of(
                "/api/v1/requests?limit=0",
                "/api/v1/requests?limit=501",
                "/api/v1/requests?limit=ten",
                "/api/v1/requests?limit=",
                "/api/v1/requests?limit=1&limit=2",
                "/api/v1/requests?cursor=%20",
                "/api/v1/requests?cursor=bm90LWEtdXVpZA",
                "/api/v1/requests?type=IMPORT",
                "/api/v1/requests?stage=started",
                "/api/v1/requests?status=",
                "/api/v1/requests?externalId=%00",
                "/api/v1/requests?externalId=",
                "/api/v1/requests/" + id + "/resources?state=EXPORTED,BROKEN",
                "/api/v1/requests/" + id + "/resources?kind=export",
                "/api/v1/requests/" + id + "/resources?target=%00")) {
            assertProblem(get(query).as(READER).send(), 400, "invalid-parameter");
        }
    }

    @Test
    void whatIsNoHttpIsAProblemToo() throws IOException {
        for (String line : java.util.List.of(
                "GET /api/v1/%zz HTTP/1.1", "GET /api//v1/requests HTTP/1.1", "GET /a;b=c/d HTTP/1.1")) {
            String answer = raw(line);
            assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
            assertThat(answer).doesNotContain("<html", "Tomcat", "Exception");
        }
        assertThat(raw("GET /{} HTTP/1.1")).startsWith("HTTP/1.1 400").doesNotContain("<html", "Tomcat", "Exception");
    }

    private String raw(String requestLine) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write((requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void missingDatabaseIs503AndAnythingElse500() {
        Problem gone = ProblemTranslation.of(new CannotCreateTransactionException("no connection to 10.0.0.1"));
        assertThat(gone.status()).isEqualTo(503);
        assertThat(gone.name()).isEqualTo("database-unavailable");
        assertThat(gone.detail()).doesNotContain("10.0.0.1");
        assertThat(ProblemTranslation.of(new DataAccessResourceFailureException("gone"))
                        .status())
                .isEqualTo(503);
        assertThat(ProblemTranslation.of(new IllegalStateException(new SQLException("stop", "57P01")))
                        .status())
                .isEqualTo(503);
        assertThat(ProblemTranslation.of(new IllegalStateException(new SQLException("Connection is closed")))
                        .status())
                .isEqualTo(503);
        assertThat(ProblemTranslation.of(
                                new IllegalStateException(new SQLTransientConnectionException("no connection")))
                        .status())
                .isEqualTo(503);
        assertThat(ProblemTranslation.of(new IllegalStateException(new SQLException("broken", "23505")))
                        .status())
                .isEqualTo(500);
        assertThat(ProblemTranslation.of(new IllegalStateException("secret"))).satisfies(problem -> {
            assertThat(problem.status()).isEqualTo(500);
            assertThat(problem.detail()).doesNotContain("secret");
        });
    }
}
