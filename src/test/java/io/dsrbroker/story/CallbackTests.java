package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.request;
import static io.dsrbroker.story.ExportStory.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.SampleEstate;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Portal;
import io.dsrbroker.support.PortalReceiver;
import io.dsrbroker.support.PortalReceiver.Received;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The portal is told of every stage of its requests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallbackTests {

    private static final String NEWER = "whsec_bmV3ZXIgc2VjcmV0IG9mIHRoZSBzYW1lIGJyb2tlcg==";

    private final PortalReceiver receiver = new PortalReceiver();
    private final ExportStory story = ExportStory.of(
            new SampleEstate().estate(),
            Map.of(
                    "dsr.verify.spacing",
                    "200ms",
                    "dsr.callback.secret",
                    NEWER + "," + Broker.CALLBACK_SECRET,
                    "dsr.callback.retry-schedule",
                    "1100ms,200ms,300ms,400ms",
                    "dsr.callback.timeout",
                    "2s",
                    "dsr.callback.concurrency",
                    "2"));
    private String path = "";

    @BeforeEach
    void pathOfItsOwn(TestInfo test) {
        path = "/" + test.getTestMethod().orElseThrow().getName();
    }

    @AfterAll
    void close() {
        story.close();
        receiver.close();
    }

    private ObjectNode export() {
        ObjectNode request = request().put("callbackUrl", receiver.url(path) + "?token=portal-token");
        Place place = story.azure().estate().places().stream()
                .filter(each -> !each.target().get("kind").asString().equals("gallery-author"))
                .findFirst()
                .orElseThrow();
        return with(request, place, target -> target.put("select", "ALL"));
    }

    private JsonNode callbacks(String id) {
        return story.portal().get("/requests/" + id + "/callbacks").json().get("items");
    }

    private JsonNode until(String id, java.util.function.Predicate<JsonNode> wish) {
        return Awaitility.await()
                .alias("callbacks of " + id)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> callbacks(id), wish);
    }

    private static boolean all(JsonNode callbacks, String state) {
        return !callbacks.isEmpty()
                && callbacks
                        .valueStream()
                        .allMatch(callback -> callback.get("state").asString().equals(state));
    }

    private static List<String> stages(JsonNode callbacks) {
        return callbacks
                .valueStream()
                .map(callback -> callback.get("stage").asString())
                .toList();
    }

    private static void assertSigned(List<Received> all) {
        for (Received received : all) {
            try {
                new Webhook(Broker.CALLBACK_SECRET).verify(received.body(), received.headers());
                new Webhook(NEWER).verify(received.body(), received.headers());
            } catch (Exception e) {
                throw new AssertionError("Not signed as Standard Webhooks say", e);
            }
        }
    }

    private List<Received> of(String id) {
        return receiver.at(path).stream()
                .filter(each -> each.json().at("/data/requestId").asString().equals(id))
                .toList();
    }

    @Test
    void everyStageOfAnExportArrivesOnceInOrderAndSigned() {
        String id =
                story.portal().submit(export().put("externalId", "portal-4711").toString());
        story.ended(id);
        JsonNode callbacks = until(id, each -> all(each, "DELIVERED"));
        List<Received> received = of(id);
        assertThat(received.stream().map(Received::stage)).containsExactlyElementsOf(stages(callbacks));
        assertThat(received).hasSizeGreaterThan(1);
        assertThat(received.stream().map(Received::stage)).doesNotContain("RECEIVED");
        assertThat(received.getLast().stage()).isEqualTo("COMPLETED");
        assertSigned(received);
        assertThat(received.stream().map(each -> each.header("webhook-id")))
                .containsExactlyElementsOf(callbacks
                        .valueStream()
                        .map(callback -> callback.get("webhookId").asString())
                        .toList())
                .doesNotHaveDuplicates();
        JsonNode last = received.getLast().json();
        assertThat(last.propertyNames()).containsExactly("type", "timestamp", "data");
        assertThat(last.get("type").asString()).isEqualTo("request.stage-changed");
        assertThat(Instant.parse(last.get("timestamp").asString())).isBefore(Instant.now());
        assertThat(last.get("data").propertyNames()).containsExactly("requestId", "externalId", "stage", "status");
        assertThat(last.at("/data/externalId").asString()).isEqualTo("portal-4711");
        assertThat(last.at("/data/status").asString()).isEqualTo("COMPLETED");
        assertThat(callbacks.get(0).get("attempts").asInt()).isEqualTo(1);
        assertThat(callbacks.get(0).get("lastStatus").asInt()).isEqualTo(204);
        assertThat(callbacks.toString()).doesNotContain("portal-token", path);
    }

    @Test
    void withoutAnExternalIdItIsNull() {
        String id = story.portal().submit(export().toString());
        until(id, each -> all(each, "DELIVERED"));
        JsonNode data = of(id).getFirst().json().get("data");
        assertThat(data.has("externalId")).isTrue();
        assertThat(data.get("externalId").isNull()).isTrue();
    }

    @Test
    void reopenedRequestIsToldOfToo() {
        String id = story.portal().submit(export().put("externalId", "reopened").toString());
        story.ended(id);
        until(id, each -> all(each, "DELIVERED"));
        int before = of(id).size();
        execute("update job set stage = 'FAILED' where id = '" + id + "'");
        execute("""
                update task set state = 'FAILED', reason = 'RETRIES_SPENT'
                where id = (select id from task where job_id = '%s' and state = 'EXPORTED' limit 1)
                """.formatted(id));
        assertThat(story.portal().post("/requests/" + id + "/retry", "").status())
                .isEqualTo(202);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> of(id).stream()
                        .skip(before)
                        .map(Received::stage)
                        .toList()
                        .contains("IN_PROGRESS"));
    }

    @Test
    void callbackThatFailsIsTriedAgainUnderTheSameIdAndWithANewTime() {
        receiver.answering(path, 500).answering(path, 404).answering(path, 302, "Location", receiver.url("/trap"));
        String id = story.portal().submit(export().toString());
        story.ended(id);
        JsonNode first = until(id, each -> all(each, "DELIVERED")).get(0);
        assertThat(first.get("attempts").asInt()).isGreaterThan(1);
        List<Received> tries = of(id).stream()
                .filter(each ->
                        each.header("webhook-id").equals(first.get("webhookId").asString()))
                .toList();
        assertThat(tries).hasSize(first.get("attempts").asInt());
        assertThat(tries.stream().map(Received::body).distinct()).hasSize(1);
        List<Long> times = tries.stream()
                .map(each -> Long.valueOf(each.header("webhook-timestamp")))
                .toList();
        assertThat(times).isSorted();
        assertThat(times.getLast()).isGreaterThan(times.getFirst());
        assertSigned(of(id));
        assertThat(of(id)).hasSize(stages(callbacks(id)).size() + 3);
        assertThat(receiver.at("/trap")).isEmpty();
    }

    @Test
    void afterTheLastTryItHasFailedAndCanBeReplayed() {
        receiver.always(path, 500);
        String id = story.portal().submit(export().toString());
        story.ended(id);
        JsonNode failed = until(id, each -> all(each, "FAILED") && each.size() >= 2);
        for (JsonNode callback : failed) {
            assertThat(callback.get("attempts").asInt()).isEqualTo(5);
            assertThat(callback.get("lastStatus").asInt()).isEqualTo(500);
            assertThat(callback.get("lastError").asString()).isEqualTo("the portal answered without success");
            assertThat(callback.get("nextAttemptAt").isNull()).isTrue();
        }
        receiver.always(path, 200);
        String one = failed.get(0).get("webhookId").asString();
        Portal.Answer answer = story.portal().post("/requests/" + id + "/callbacks/" + one + "/replay", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.json().get("webhookId").asString()).isEqualTo(one);
        until(id, each -> each.get(0).get("state").asString().equals("DELIVERED"));
        assertThat(callbacks(id).get(0).get("attempts").asInt()).isEqualTo(6);
        assertThat(callbacks(id).get(1).get("state").asString()).isEqualTo("FAILED");

        Portal.Answer rest = story.portal().post("/requests/" + id + "/callbacks/replay", "");
        assertThat(rest.status()).isEqualTo(202);
        assertThat(rest.json().get("replayed").asInt()).isEqualTo(failed.size() - 1);
        until(id, each -> all(each, "DELIVERED"));
        assertThat(of(id).stream().filter(each -> each.header("webhook-id").equals(one)))
                .hasSize(6);
        assertSigned(of(id));
        List<String> actions = story.portal()
                .get("/requests/" + id + "/audit")
                .json()
                .get("items")
                .valueStream()
                .map(entry -> entry.get("action").asString())
                .filter("callback-replayed"::equals)
                .toList();
        assertThat(actions).hasSize(2);
    }

    @Test
    void afterGoneNothingMoreIsSentUntilSomebodyReplays() {
        receiver.always(path, 410);
        String id = story.portal().submit(export().toString());
        story.ended(id);
        JsonNode gone = until(id, each -> all(each, "GONE") && each.size() >= 2);
        assertThat(of(id)).hasSizeLessThan(gone.size());
        int sent = of(id).size();
        assertThat(gone.get(0).get("lastStatus").asInt()).isEqualTo(410);
        assertThat(gone.get(gone.size() - 1).get("attempts").asInt()).isZero();
        receiver.always(path, 204);
        story.portal().post("/requests/" + id + "/callbacks/replay", "");
        until(id, each -> all(each, "DELIVERED"));
        assertThat(of(id)).hasSize(sent + gone.size());
    }

    @Test
    void portalThatAsksToWaitIsLeftAloneForAsLong() {
        receiver.answering(path, 503, "Retry-After", "3600");
        String id = story.portal().submit(export().toString());
        JsonNode waiting = until(
                        id,
                        each -> !each.isEmpty() && each.get(0).get("attempts").asInt() == 1)
                .get(0);
        assertThat(waiting.get("state").asString()).isEqualTo("PENDING");
        assertThat(Instant.parse(waiting.get("nextAttemptAt").asString()))
                .isBetween(Instant.now().plusSeconds(3500), Instant.now().plusSeconds(3660));
        story.ended(id);
        until(
                id,
                each -> each.size() > 1
                        && each.valueStream()
                                .skip(1)
                                .allMatch(other -> other.get("state").asString().equals("DELIVERED")));
    }

    @Test
    void hangingPortalKeepsNobodyElseWaiting() {
        receiver.always(path, 0);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(story.portal().submit(export().toString()));
        }
        long started = System.nanoTime();
        ids.forEach(story::ended);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(60));
        String working = "/working";
        String id = story.portal()
                .submit(export().put("callbackUrl", receiver.url(working).replace("127.0.0.1", "localhost"))
                        .toString());
        story.ended(id);
        until(id, each -> all(each, "DELIVERED"));
        JsonNode late = until(
                        ids.getFirst(), each -> each.get(0).get("attempts").asInt() > 0)
                .get(0);
        assertThat(late.get("lastError").asString()).isEqualTo("no answer came in time");
        assertThat(late.get("lastStatus").isNull()).isTrue();
        ids.forEach(each -> execute("delete from callback where job_id = '" + each + "'"));
    }

    @Test
    void whoMayOnlyReadCannotReplay() {
        String id = story.portal().submit(export().toString());
        story.ended(id);
        Portal reader = story.broker().portal("reader", "dsr.read");
        assertThat(reader.get("/requests/" + id + "/callbacks").status()).isEqualTo(200);
        assertThat(reader.post("/requests/" + id + "/callbacks/replay", "").status())
                .isEqualTo(403);
        assertThat(story.broker()
                        .portal("operator", "dsr.operate")
                        .get("/requests/" + id + "/callbacks")
                        .status())
                .isEqualTo(403);
    }

    /** All of docs/integrating.md, as a portal's developer would paste it. */
    @Test
    void whatPortalsAreToldOfIntegratingWorks(@TempDir Path folder) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        new Guide(
                        Path.of("docs/integrating.md"),
                        folder,
                        Map.of(
                                "BROKER",
                                story.broker().url(),
                                "TOKEN_URL",
                                Objects.requireNonNull(story.issuer().settings().get("dsr.openapi.token-url")),
                                "CALLBACK_PORT",
                                String.valueOf(port)))
                .run();
    }

    private void execute(String sql) {
        try (var connection = story.database().connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
