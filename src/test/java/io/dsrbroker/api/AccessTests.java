package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class AccessTests extends ApiTestCase {

    private static final String[] ALL_SCOPES = {
        "dsr.create", "dsr.read", "dsr.approve", "dsr.operate", "dsr.download", "dsr.audit"
    };
    private static final String ID = "01990000-0000-7000-8000-000000000000";

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    @LocalManagementPort
    int managementPort;

    /** One way to call a handler. */
    private record Call(String method, String path) {}

    private List<Call> everyCall() {
        List<Call> calls = new ArrayList<>();
        requestMappingHandlerMapping.getHandlerMethods().forEach((mapping, handler) -> {
            if (!handler.getBeanType().getPackage().equals(ApiTestCase.class.getPackage())
                    || ProblemErrorController.class.isAssignableFrom(handler.getBeanType())
                    || ProblemPages.class.equals(handler.getBeanType())) {
                return;
            }
            mapping.getPatternValues().stream()
                    .filter(pattern -> !pattern.equals(JwksApi.PATH))
                    .forEach(pattern -> mapping.getMethodsCondition()
                            .getMethods()
                            .forEach(method -> {
                                String path = pattern.replaceAll("\\{(id|taskId)}", ID)
                                        .replaceAll("\\{[^}]+}", "lab");
                                calls.add(new Call(method.name(), path));
                                if (method.name().equals("GET")) {
                                    calls.add(new Call("HEAD", path));
                                }
                            }));
        });
        assertThat(calls).hasSizeGreaterThan(20);
        return calls;
    }

    @TestFactory
    Stream<DynamicTest> everyCallNeedsAToken() {
        return everyCall().stream()
                .map(call -> DynamicTest.dynamicTest(call.toString(), () -> {
                    var answer = call(call.method(), call.path()).send();
                    assertThat(answer.statusCode()).isEqualTo(401);
                    assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                            .startsWith("Bearer");
                    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
                }));
    }

    /** Before the body is looked at: these bodies are no JSON, or too long. */
    @TestFactory
    Stream<DynamicTest> everyCallNeedsItsScopeAndOneScopeIsEnough() {
        return everyCall().stream()
                .map(call -> DynamicTest.dynamicTest(call.toString(), () -> {
                    List<String> sufficient = Stream.of(ALL_SCOPES)
                            .filter(scope -> {
                                var answer = call(call.method(), call.path())
                                        .as(Tokens.of("ann", scope))
                                        .send();
                                return answer.statusCode() != 403;
                            })
                            .toList();
                    assertThat(sufficient).hasSize(1);
                    assertThat(call(call.method(), call.path())
                                    .as(Tokens.of("ann", "openid"))
                                    .send()
                                    .statusCode())
                            .isEqualTo(403);
                }));
    }

    @Test
    void descriptionNamesEveryHandler() {
        java.util.Set<String> described = new java.util.TreeSet<>();
        json(get("/v3/api-docs").send())
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method ->
                                described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        java.util.Set<String> handled = new java.util.TreeSet<>();
        requestMappingHandlerMapping.getHandlerMethods().forEach((mapping, handler) -> {
            // Pages are for people.
            if (!ProblemPages.class.equals(handler.getBeanType())) {
                mapping.getPatternValues()
                        .forEach(pattern -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> handled.add(method + " " + pattern)));
            }
        });
        handled.removeIf(call -> call.contains(" /v3/api-docs") || call.contains(" /swagger-ui"));
        assertThat(described).isEqualTo(handled);
    }

    @Test
    void wrongScopeIsAProblemWhateverTheBody() {
        String token = Tokens.of("ann", "dsr.read");
        for (String body : List.of("", "{", "x".repeat(100_000))) {
            assertProblem(post("/api/v1/requests", body).as(token).send(), 403, "forbidden");
        }
    }

    @Test
    void scopesAreReadFromScpToo() {
        String token = Tokens.with(claims -> claims.claim("scp", "dsr.read other"));
        assertThat(get("/api/v1/catalogue").as(token).send().statusCode()).isEqualTo(200);
        String list = Tokens.with(claims -> claims.claim("scp", List.of("dsr.read")));
        assertThat(get("/api/v1/catalogue").as(list).send().statusCode()).isEqualTo(200);
    }

    @Test
    void refusesTokensThatAreNotMeantForTheBroker() {
        for (String token : List.of(
                Tokens.with(claims -> claims.claim("scope", "dsr.read").audience("other")),
                Tokens.with(claims -> claims.claim("scope", "dsr.read").subject(null)),
                Tokens.with(claims -> claims.claim("scope", "dsr.read").subject("a\u0000b")),
                Tokens.with(claims -> claims.claim("scope", "dsr.read")
                        .expirationTime(
                                java.util.Date.from(java.time.Instant.now().minusSeconds(3600)))),
                Tokens.with(claims -> claims.claim("scope", "dsr.read").expirationTime(null)),
                Tokens.with(claims -> claims.claim("scope", "dsr.read")
                        .notBeforeTime(
                                java.util.Date.from(java.time.Instant.now().plusSeconds(3600)))),
                Tokens.with(claims -> claims.claim("scope", "dsr.read").subject("a\u2028b")),
                Tokens.with(claims -> claims.claim("scope", "dsr.read").claim("azp", "a\nb")),
                Tokens.with(claims -> claims.claim("scope", "dsr.read").claim("client_id", "x".repeat(256))),
                Tokens.with(claims -> claims.claim("scope", "dsr.read").claim("appid", List.of("portal"))),
                "nonsense")) {
            assertProblem(get("/api/v1/catalogue").as(token).send(), 401, "unauthenticated");
        }
    }

    @Test
    void unknownPathsAreNotFoundForCallersAndUnauthenticatedForOthers() {
        String token = Tokens.of("ann", "dsr.read");
        assertProblem(get("/api/v1/nothing").as(token).send(), 404, "not-found");
        assertProblem(get("/api/v1/nothing").send(), 401, "unauthenticated");
        assertProblem(get("/elsewhere").send(), 401, "unauthenticated");
        assertProblem(get("/error").send(), 404, "not-found");
    }

    @Test
    void clientIsAzpElseClientIdElseAppid() {
        assertThat(client(claims -> claims.claim("client_id", "two").claim("appid", "three")))
                .isEqualTo("portal");
        assertThat(client(claims ->
                        claims.claim("azp", null).claim("client_id", "two").claim("appid", "three")))
                .isEqualTo("two");
        assertThat(client(claims -> claims.claim("azp", null).claim("appid", "three")))
                .isEqualTo("three");
        assertThat(client(claims -> claims.claim("azp", null))).isNull();
    }

    private @org.jspecify.annotations.Nullable String client(
            java.util.function.UnaryOperator<com.nimbusds.jwt.JWTClaimsSet.Builder> claims) {
        var answer = post("/api/v1/requests", EXPORT)
                .as(Tokens.with(usual -> claims.apply(usual.claim("scope", "dsr.create"))))
                .header("Idempotency-Key", java.util.UUID.randomUUID().toString())
                .send();
        var client = json(answer).get("createdBy").get("client");
        return client.isNull() ? null : client.stringValue();
    }

    @Test
    void describesItselfToEveryone() {
        assertThat(get("/v3/api-docs").send().statusCode()).isEqualTo(200);
        assertThat(get("/v3/api-docs.yaml").send().statusCode()).isEqualTo(200);
        assertThat(get("/v3/api-docs/swagger-config").send().statusCode()).isEqualTo(200);
        assertThat(get("/swagger-ui.html").send().statusCode()).isEqualTo(302);
        assertThat(get("/swagger-ui/index.html").send().statusCode()).isEqualTo(200);
    }

    @Test
    void healthIsOpenOnItsOwnPortOnly() throws Exception {
        var health = java.net.http.HttpRequest.newBuilder(
                        java.net.URI.create("http://localhost:" + managementPort + "/actuator/health"))
                .build();
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            assertThat(client.send(health, java.net.http.HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
        assertProblem(get("/actuator/health").send(), 401, "unauthenticated");
    }
}
