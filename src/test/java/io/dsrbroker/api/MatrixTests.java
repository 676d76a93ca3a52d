package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Person;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every operation of the description against every kind of token, in a broker that trusts an issuer as in production. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MatrixTests {

    /** As the wire contract says it, written down once more so that neither code nor description can drift. */
    private static final Map<String, String> WIRE = Map.ofEntries(
            Map.entry("POST /api/v1/requests", "dsr.create"),
            Map.entry("GET /api/v1/requests", "dsr.read"),
            Map.entry("GET /api/v1/requests/{id}", "dsr.read"),
            Map.entry("GET /api/v1/requests/{id}/resources", "dsr.read"),
            Map.entry("GET /api/v1/requests/{id}/resources/{taskId}", "dsr.read"),
            Map.entry("GET /api/v1/requests/{id}/events", "dsr.read"),
            Map.entry("GET /api/v1/requests/{id}/plan", "dsr.read"),
            Map.entry("GET /api/v1/requests/{id}/package", "dsr.download"),
            Map.entry("GET /api/v1/requests/{id}/audit", "dsr.audit"),
            Map.entry("POST /api/v1/requests/{id}/approval", "dsr.approve"),
            Map.entry("POST /api/v1/requests/{id}/denial", "dsr.approve"),
            Map.entry("POST /api/v1/requests/{id}/decisions", "dsr.approve"),
            Map.entry("POST /api/v1/requests/{id}/hold", "dsr.operate"),
            Map.entry("POST /api/v1/requests/{id}/release", "dsr.operate"),
            Map.entry("POST /api/v1/requests/{id}/cancellation", "dsr.operate"),
            Map.entry("POST /api/v1/requests/{id}/extension", "dsr.operate"),
            Map.entry("POST /api/v1/requests/{id}/retry", "dsr.operate"),
            Map.entry("POST /api/v1/requests/{id}/resources/{taskId}/retry", "dsr.operate"),
            Map.entry("POST /api/v1/requests/{id}/resources/{taskId}/confirmation", "dsr.operate"),
            Map.entry("GET /api/v1/targets", "dsr.operate"),
            Map.entry("GET /api/v1/targets/{name}", "dsr.operate"),
            Map.entry("PUT /api/v1/targets/{name}", "dsr.operate"),
            Map.entry("DELETE /api/v1/targets/{name}", "dsr.operate"),
            Map.entry("GET /api/v1/lanes", "dsr.operate"),
            Map.entry("POST /api/v1/lanes/{lane}/pause", "dsr.operate"),
            Map.entry("POST /api/v1/lanes/{lane}/resume", "dsr.operate"),
            Map.entry("GET /api/v1/requests/{id}/receipt", "dsr.read"),
            Map.entry("GET /api/v1/requests/{id}/callbacks", "dsr.read"),
            Map.entry("POST /api/v1/requests/{id}/callbacks/replay", "dsr.operate"),
            Map.entry("POST /api/v1/requests/{id}/callbacks/{webhookId}/replay", "dsr.operate"),
            Map.entry("GET /.well-known/jwks.json", ""),
            Map.entry("GET /api/v1/audit", "dsr.audit"),
            Map.entry("GET /api/v1/audit/checkpoints", "dsr.audit"),
            Map.entry("GET /api/v1/audit/verification", "dsr.audit"),
            Map.entry("GET /api/v1/catalogue", "dsr.read"));

    private static final List<String> SCOPES = List.of(Issuer.ALL_SCOPES.split(" "));
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String REQUEST = """
            {"type": "EXPORT", "subject": {"galleryAuthorId": "%s"}, "targets": [{"kind": "gallery-author"}]}""".formatted("C".repeat(64));

    private final HttpClient http = HttpClient.newHttpClient();
    private final Issuer issuer = new Issuer();
    private final AzureSimulator azure =
            AzureSimulator.start(Estate.generate(EstateSpec.small(), Person.named("Ada", "Lovelace")));
    private final List<Operation> operations = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Broker broker;

    @SuppressWarnings("NullAway.Init")
    private String job;

    /** An operation of the description and the scope that it names. */
    private record Operation(String method, String pattern, List<String> scopes, boolean takesBody) {

        String name() {
            return method + " " + pattern;
        }
    }

    @BeforeAll
    void start() throws IOException {
        Path store = Files.createTempDirectory("dsr-matrix");
        broker = Broker.start(
                Database.fresh(),
                azure,
                issuer,
                store,
                Map.of(
                        "dsr.clients[0].name", "one",
                        "dsr.clients[0].targets[0].kind", "gallery-author",
                        "dsr.clients[1].name", "two",
                        "dsr.clients[1].targets[0].kind", "gallery-author"));
        job = JSON.readTree(send(
                                "POST",
                                "/api/v1/requests",
                                REQUEST,
                                token(usual(Issuer.ALL_SCOPES, "one"), Duration.ofHours(1)))
                        .body())
                .get("id")
                .asString();
        JsonNode paths =
                JSON.readTree(send("GET", "/v3/api-docs", null, null).body()).get("paths");
        paths.properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    List<String> scopes = new ArrayList<>();
                    operation
                            .getValue()
                            .path("security")
                            .forEach(requirement ->
                                    requirement.path("token").forEach(scope -> scopes.add(scope.asString())));
                    operations.add(new Operation(
                            operation.getKey().toUpperCase(java.util.Locale.ROOT),
                            path.getKey(),
                            scopes,
                            operation.getValue().has("requestBody")));
                }));
    }

    @AfterAll
    void stop() {
        broker.close();
        azure.close();
        issuer.close();
    }

    private Map<String, Object> usual(String scopes, String client) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("sub", "mallory");
        claims.put("aud", List.of("dsr-broker"));
        claims.put("azp", client);
        claims.put("scope", scopes);
        return claims;
    }

    private String token(Map<String, Object> claims, Duration lifetime) {
        return issuer.signed(claims, lifetime);
    }

    private String token(String scopes) {
        return token(usual(scopes, "portal"), Duration.ofHours(1));
    }

    private String with(String claim, Object value) {
        Map<String, Object> claims = usual(Issuer.ALL_SCOPES, "portal");
        claims.put(claim, value);
        return token(claims, Duration.ofHours(1));
    }

    private HttpResponse<String> send(
            String method,
            String path,
            @org.jspecify.annotations.Nullable String body,
            @org.jspecify.annotations.Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(broker.url() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (method.equals("POST")) {
            request.header("Idempotency-Key", java.util.UUID.randomUUID().toString());
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> call(Operation operation, @org.jspecify.annotations.Nullable String token) {
        String path = operation
                .pattern()
                .replace("{id}", job)
                .replace("{taskId}", job)
                .replaceAll("\\{[^}]+}", "lab");
        return send(operation.method(), path, operation.takesBody() ? "{}" : null, token);
    }

    private Stream<DynamicTest> each(java.util.function.Consumer<Operation> test) {
        return operations.stream()
                .filter(operation -> !operation.scopes().isEmpty())
                .map(operation -> dynamicTest(operation.name(), () -> test.accept(operation)));
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String what) {
        assertThat(answer.statusCode()).as(what).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).as(what).contains("application/problem+json");
        assertThat(JSON.readTree(answer.body()).get("status").intValue())
                .as(what)
                .isEqualTo(status);
    }

    @Test
    void descriptionNamesTheScopeOfEachOperationOfTheContract() {
        Map<String, String> described = operations.stream()
                .collect(Collectors.toMap(
                        Operation::name, operation -> String.join(" ", operation.scopes()), (a, b) -> a, TreeMap::new));
        assertThat(described).isEqualTo(new TreeMap<>(WIRE));
    }

    @TestFactory
    Stream<DynamicTest> nobodyWithoutAGoodTokenGetsAnything() {
        Map<String, String> bad = badTokens();
        return each(operation -> {
            assertRefused(call(operation, null), 401, "no token");
            bad.forEach((what, token) -> assertRefused(call(operation, token), 401, what));
        });
    }

    private Map<String, String> badTokens() {
        Map<String, String> tokens = new TreeMap<>();
        tokens.put("expired", token(usual(Issuer.ALL_SCOPES, "portal"), Duration.ofHours(-1)));
        tokens.put("wrong audience", with("aud", List.of("other")));
        tokens.put("wrong issuer", issuer.signedByAnotherName(usual(Issuer.ALL_SCOPES, "portal"), Duration.ofHours(1)));
        tokens.put("no person", with("sub", ""));
        return tokens;
    }

    @TestFactory
    Stream<DynamicTest> onlyItsOwnScopeOpensAnOperation() {
        return each(operation -> {
            String own = java.util.Objects.requireNonNull(WIRE.get(operation.name()));
            assertRefused(call(operation, token("openid")), 403, "no scope");
            for (String scope : SCOPES) {
                if (!scope.equals(own)) {
                    assertRefused(call(operation, token(scope)), 403, scope);
                }
            }
            String others = SCOPES.stream().filter(scope -> !scope.equals(own)).collect(Collectors.joining(" "));
            assertRefused(call(operation, token(others)), 403, "all but its own");
        });
    }

    @TestFactory
    Stream<DynamicTest> ownScopeIsEnough() {
        return each(operation -> {
            if (operation.pattern().endsWith("/events")) {
                return;
            }
            String own = java.util.Objects.requireNonNull(WIRE.get(operation.name()));
            assertThat(call(operation, token(own)).statusCode()).isNotIn(401, 403, 429, 500);
        });
    }

    @TestFactory
    Stream<DynamicTest> requestOfAnotherClientIsNotFoundByARestrictedOne() {
        String token = token(usual(Issuer.ALL_SCOPES, "two"), Duration.ofHours(1));
        return each(operation -> {
            if (operation.pattern().contains("{id}")) {
                assertRefused(call(operation, token), 404, "job of another client");
            } else if (!operation.pattern().contains("/requests")
                    && !operation.pattern().contains("/targets")
                    && !operation.pattern().equals("/api/v1/catalogue")) {
                assertRefused(call(operation, token), 403, "closed to restricted clients");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> signaturesThatProveNothingAreRefused() throws JOSEException {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer.url())
                .subject("mallory")
                .audience("dsr-broker")
                .claim("azp", "portal")
                .claim("scope", Issuer.ALL_SCOPES)
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
                .build();
        RSAKey published = issuer.publicKey().toRSAKey();
        String id = published.getKeyID();
        Map<String, String> tokens = new TreeMap<>();
        tokens.put("alg none", new PlainJWT(claims).serialize());
        SignedJWT confused = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(id).build(), claims);
        confused.sign(new MACSigner(published.toPublicKey().getEncoded()));
        tokens.put("HS256 with the public key", confused.serialize());
        RSAKey own = new RSAKeyGenerator(2048).keyID(id).generate();
        SignedJWT foreign = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(id)
                        .jwk(own.toPublicJWK())
                        .build(),
                claims);
        foreign.sign(new RSASSASigner(own));
        tokens.put("a key that the token brings along", foreign.serialize());
        String good = token(Issuer.ALL_SCOPES);
        tokens.put("no signature", good.substring(0, good.lastIndexOf('.') + 1));
        String forged = foreign.serialize();
        tokens.put(
                "claims of another token",
                good.substring(0, good.indexOf('.'))
                        + forged.substring(forged.indexOf('.'), forged.lastIndexOf('.'))
                        + good.substring(good.lastIndexOf('.')));
        assertThat(send("GET", "/api/v1/catalogue", null, good).statusCode()).isEqualTo(200);
        return tokens.entrySet().stream()
                .map(token -> dynamicTest(
                        token.getKey(),
                        () -> assertRefused(
                                send("GET", "/api/v1/catalogue", null, token.getValue()), 401, token.getKey())));
    }

    @Test
    void matrixIsWhole() {
        assertThat(operations).hasSize(WIRE.size());
        assertThat(operations.stream().map(Operation::method).collect(Collectors.toSet()))
                .isEqualTo(Set.of("GET", "POST", "PUT", "DELETE"));
    }
}
