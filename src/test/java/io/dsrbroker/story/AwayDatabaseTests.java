package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Fault;
import io.dsrbroker.simulator.Faults;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.Select;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import io.dsrbroker.support.RestartablePostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** While PostgreSQL is away the API says so, soon and to everybody; when it is back all goes on by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledIfSystemProperty(
        named = "dsr.test.database",
        matches = "testcontainers",
        disabledReason = "It needs the binaries of the embedded PostgreSQL")
class AwayDatabaseTests {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration SOON = Duration.ofSeconds(10);

    /** What the broker knows without its database. */
    private static final Set<String> KNOWN = Set.of("GET /.well-known/jwks.json", "GET /api/v1/catalogue");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Issuer issuer = new Issuer();
    private final AzureSimulator azure = AzureSimulator.start(
            Estate.generate(EstateSpec.small().withLabs(1, 1, 1).withRuns(12, 1, 2), SUBJECT, ExportStory.OTHER));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private RestartablePostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private Broker broker;

    private boolean away;

    @BeforeAll
    void start() throws IOException {
        postgres = new RestartablePostgres(Files.createDirectory(folder.resolve("postgres")));
        Map<String, String> settings = new TreeMap<>(Broker.boundlessQuota());
        settings.put("dsr.retry.base-delay", "100ms");
        settings.put("dsr.housekeeping.sample", "200ms");
        broker = Broker.start(postgres.database(), azure, issuer, folder.resolve("store"), settings);
    }

    @AfterEach
    void calm() {
        azure.settings().faults = Faults.none();
        if (away) {
            comeBack();
        }
    }

    @AfterAll
    void close() {
        broker.close();
        postgres.close();
        issuer.close();
        azure.close();
    }

    private void leave() {
        postgres.stop();
        away = true;
    }

    private void comeBack() {
        postgres.start();
        away = false;
    }

    private Portal portal() {
        return broker.portal("privacy-desk", Issuer.ALL_SCOPES);
    }

    private Place project() {
        return azure.estate().projects().getFirst();
    }

    private String export() {
        return ExportStory.with(ExportStory.request(), project(), target -> target.put("select", "ALL"))
                .toString();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(broker.url() + path))
                .timeout(SOON)
                .header("Authorization", "Bearer " + broker.token("privacy-desk", Issuer.ALL_SCOPES));
    }

    private HttpRequest request(String method, String path, JsonNode described) {
        HttpRequest.Builder request = request(path);
        if (!method.equals("POST") && !method.equals("PUT")) {
            return request.method(method, HttpRequest.BodyPublishers.noBody()).build();
        }
        JsonNode json = described.at("/requestBody/content/application~1json");
        String body = path.equals("/api/v1/requests")
                ? export()
                : json.path("examples").properties().stream()
                        .map(example -> example.getValue().get("value"))
                        .map(value -> value.isString() ? value.asString() : value.toString())
                        .findFirst()
                        .orElse("");
        return request.header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    /** One call of each operation that the broker describes. */
    private Map<String, HttpRequest> everyCall(String id) throws IOException, InterruptedException {
        JsonNode paths = JSON.readTree(http.send(request("/v3/api-docs").build(), BodyHandlers.ofString())
                        .body())
                .get("paths");
        Map<String, HttpRequest> calls = new LinkedHashMap<>();
        paths.properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    String method = operation.getKey().toUpperCase(java.util.Locale.ROOT);
                    String real = path.getKey()
                            .replace("{id}", id)
                            .replace("{taskId}", id)
                            .replace("{webhookId}", id)
                            .replace("{lane}", "gallery-catalog")
                            .replace("{name}", "lab");
                    calls.put(method + " " + path.getKey(), request(method, real, operation.getValue()));
                }));
        return calls;
    }

    private static void assertAway(String call, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as("%s: %s", call, answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).as(call).contains("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).as(call).contains("5");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.get("type").asString()).as(call).isEqualTo("/problems/database-unavailable");
        assertThat(problem.get("status").asInt()).as(call).isEqualTo(503);
    }

    /** Sends all at once; each must be answered soon. */
    private void assertAway(Map<String, HttpRequest> calls) {
        Map<String, CompletableFuture<HttpResponse<String>>> answers = new LinkedHashMap<>();
        calls.forEach((call, request) -> answers.put(call, http.sendAsync(request, BodyHandlers.ofString())));
        answers.forEach((call, answer) -> {
            if (KNOWN.contains(call)) {
                assertThat(answer.join().statusCode()).as(call).isEqualTo(200);
            } else {
                assertAway(call, answer.join());
            }
        });
    }

    private HttpResponse<String> actuator(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(broker.managementUrl() + "/actuator/" + path))
                            .timeout(SOON)
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private int health(String group) {
        return actuator("health/" + group).statusCode();
    }

    private double sampleAge() {
        return broker.scrape().value("dsr_sample_age_seconds").orElseThrow();
    }

    private JsonNode ended(String id) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> portal().get("/requests/" + id).json(),
                        view -> !view.path("finishedAt").isNull());
    }

    @Test
    void replicaIsAliveButNotReady() {
        assertThat(health("readiness")).isEqualTo(200);
        assertThat(health("liveness")).isEqualTo(200);
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> sampleAge() < 5);
        leave();
        assertThat(health("readiness")).isEqualTo(503);
        assertThat(health("liveness")).isEqualTo(200);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> sampleAge() > 5);
        assertThat(broker.scrape().value("dsr_jobs_held"))
                .as("what was sampled last")
                .isPresent();
        comeBack();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> health("readiness") == 200);
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> sampleAge() < 5);
    }

    @Test
    void infoTellsTheBuildAndTheCatalogue() {
        JsonNode info = JSON.readTree(actuator("info").body());
        assertThat(info.at("/build/name").asString("")).isEqualTo("dsr-broker");
        assertThat(info.at("/build/version").asString("")).isNotEmpty();
        assertThat(info.at("/catalogue/hash").asString(""))
                .isEqualTo(broker.bean(Catalogue.class).hash());
    }

    @Test
    void everyCallSaysSoSoonAndWorksAgainLater() throws Exception {
        String id = portal().submit(export());
        ended(id);
        Map<String, HttpRequest> calls = everyCall(id);
        assertThat(calls).hasSizeGreaterThan(30);
        leave();
        assertAway(calls);
        assertThat(http.send(
                                HttpRequest.newBuilder(URI.create(broker.url() + "/api/v1/requests"))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .as("who sends no token is told so")
                .isEqualTo(401);
        comeBack();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> portal().get("/requests/" + id).status() == 200);
        assertThat(ended(portal().submit(export())).get("stage").asString()).isEqualTo("COMPLETED");
    }

    @Test
    void connectionThatBreaksInACallIsTheSame() throws Exception {
        Map<String, HttpRequest> calls = Map.of(
                "read", request("/api/v1/targets").build(),
                "write",
                        request("/api/v1/requests")
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", UUID.randomUUID().toString())
                                .POST(HttpRequest.BodyPublishers.ofString(export()))
                                .build());
        Connection connection = postgres.database().connect();
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table registered_target, idempotency_key in access exclusive mode");
            Map<String, CompletableFuture<HttpResponse<String>>> answers = new LinkedHashMap<>();
            calls.forEach((call, request) -> answers.put(call, http.sendAsync(request, BodyHandlers.ofString())));
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> waiting(statement) == calls.size());
            leave();
            answers.forEach((call, answer) -> assertAway(call, answer.join()));
        } finally {
            // Its server is gone, but the driver does not know.
            connection.abort(Runnable::run);
        }
    }

    /** Upon how many of the locked tables somebody waits. */
    private static int waiting(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("""
                select count(distinct relation) from pg_locks
                where not granted and relation in ('registered_target'::regclass, 'idempotency_key'::regclass)
                """)) {
            row.next();
            return row.getInt(1);
        }
    }

    /** A whole minute of it, in the middle of an export. */
    @Test
    @Tag("long")
    void minuteEndsNoExport() throws Exception {
        azure.settings().faults = Faults.always(Fault.late(Duration.ofMillis(500)), request -> true);
        String id = portal().submit(export());
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> portal().get("/requests/" + id)
                                .json()
                                .at("/counts/byState/EXPORTED")
                                .asInt(0)
                        > 0);
        Map<String, HttpRequest> calls = everyCall(id);
        leave();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end) {
            assertAway(calls);
            assertThat(health("liveness")).isEqualTo(200);
            assertThat(health("readiness")).isEqualTo(503);
        }
        comeBack();
        assertThat(ended(id).get("stage").asString()).isEqualTo("COMPLETED");
        Map<String, Integer> held = new TreeMap<>(azure.held(SUBJECT, Select.ALL, project()));
        held.values().removeIf(count -> count == 0);
        assertThat(exported(id)).isEqualTo(held);
        assertThat(portal().download("/requests/" + id + "/package", folder.resolve("package.zip")))
                .isEqualTo(200);
    }

    private Map<String, Integer> exported(String id) {
        Map<String, Integer> counts = new TreeMap<>();
        JsonNode page = portal().get("/requests/" + id + "/resources?limit=500&kind=EXPORT&state=EXPORTED")
                .json();
        assertThat(page.get("next").isNull()).isTrue();
        page.get("items").forEach(task -> counts.merge(task.get("type").asString(), 1, Integer::sum));
        return counts;
    }
}
