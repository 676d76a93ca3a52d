package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static io.dsrbroker.story.ExportStory.request;
import static io.dsrbroker.story.ExportStory.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Fault;
import io.dsrbroker.simulator.Faults;
import io.dsrbroker.simulator.PagingDialect;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.Select;
import io.dsrbroker.simulator.SimulatorSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Upstreams fail in many ways; what they hold arrives all the same, or is named. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class FaultTests {

    private final ExportStory story = ExportStory.of(
            Estate.generate(EstateSpec.small().withLabs(1, 1, 1).withRuns(6, 1, 2), SUBJECT, ExportStory.OTHER),
            Map.of("dsr.retry.base-delay", "50ms", "dsr.retry.give-up", "4s"));

    @AfterEach
    void close() {
        story.close();
    }

    private SimulatorSettings settings() {
        return story.azure().settings();
    }

    private Place project() {
        return story.azure().estate().projects().getFirst();
    }

    private ObjectNode ofProject() {
        return with(request(), project(), target -> target.put("select", "ALL"));
    }

    private String run() {
        return story.portal().submit(ofProject().toString());
    }

    private Map<String, Integer> held() {
        Map<String, Integer> held = new TreeMap<>(story.azure().held(SUBJECT, Select.ALL, project()));
        held.values().removeIf(count -> count == 0);
        return held;
    }

    @Test
    void passingErrorsAreTriedAgain() {
        settings().faults = Faults.times(10, Fault.error(500, "InternalServerError"), request -> request.isRow(32))
                .or(Faults.times(2, Fault.hangUp(), request -> request.isRow(30)))
                .or(Faults.times(3, Fault.truncated(20), request -> request.isRow(38)));
        String id = run();
        JsonNode view = story.ended(id);
        assertThat(view.get("exceptions")).isEmpty();
        assertThat(view.get("stage").asString()).isEqualTo("COMPLETED");
        assertThat(story.exported(id)).isEqualTo(held());
        assertThat(story.tasks(id, "type=run"))
                .anySatisfy(run -> assertThat(run.get("attempts").asInt()).isGreaterThan(1));
    }

    @Test
    @DisplayName("§3 Limits: 429 and 503 cost no attempt")
    void throttlingCostsNoAttempt() {
        settings().faults = Faults.times(3, Fault.throttled(1), request -> request.isRow(32))
                .or(Faults.times(1, Fault.error(503, "ServerBusy"), request -> request.isRow(37)));
        String id = run();
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
        assertThat(story.tasks(id, "type=run"))
                .allSatisfy(run -> assertThat(run.get("attempts").asInt()).isEqualTo(1));
    }

    @Test
    void resourceThatIsAlwaysThrottledKeepsNoOtherWaiting() {
        settings().faults =
                Faults.always(Fault.throttled(1), request -> request.target().endsWith("/runs/run-1"));
        String id = run();
        JsonNode view = story.ended(id);
        assertThat(view.get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        assertThat(story.tasks(id, "state=FAILED")).singleElement().satisfies(run -> {
            assertThat(run.get("key").asString()).isEqualTo("run-1");
            assertThat(run.get("reason").asString()).isEqualTo("RETRIES_SPENT");
            assertThat(run.get("attempts").asInt())
                    .as("only giving it up counts")
                    .isEqualTo(1);
        });
    }

    @Test
    @DisplayName("§3 403 / 409: what may not be read waits for a person, says why, and goes on after that")
    void whatMayNotBeReadWaitsForAPerson() {
        settings().faults = Faults.always(
                Fault.answer(
                        403,
                        Map.of("Content-Type", "application/json"),
                        "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"The client '" + SUBJECT.objectId()
                                + "' does not have authorization to perform action 'x/read'.\"}}"),
                request -> request.target().endsWith("/runs/run-1"));
        String id = run();
        story.until(
                id,
                view -> view.get("counts").get("byState").path("NEEDS_ACTION").asInt(0) == 1
                        && view.get("counts").get("byState").path("READY").asInt(0) == 0);
        assertThat(story.tasks(id, "state=NEEDS_ACTION")).singleElement().satisfies(run -> {
            assertThat(run.get("reason").asString()).isEqualTo("FORBIDDEN");
            assertThat(run.get("detail").asString())
                    .startsWith("HTTP 403 AuthorizationFailed: The client")
                    .doesNotContain(SUBJECT.objectId());
            assertThat(run.get("nextStep").asString()).isNotBlank();
        });
        settings().faults = Faults.none();
        assertThat(story.portal().post("/requests/" + id + "/retry", "").status())
                .isEqualTo(202);
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
        assertThat(story.exported(id)).isEqualTo(held());
    }

    @Test
    void whatNobodyActsOnIsGivenUpOnceTheRequestIsDue() {
        settings().faults = Faults.always(
                Fault.error(403, "AuthorizationFailed"),
                request -> request.target().endsWith("/runs/run-1"));
        ObjectNode late = ofProject().put("receivedAt", "2026-01-05T08:00:00Z");
        String id = story.portal().submit(late.toString());
        JsonNode view = story.ended(id);
        assertThat(view.get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        assertThat(view.get("exceptions")).singleElement().satisfies(exception -> {
            assertThat(exception.get("state").asString()).isEqualTo("FAILED");
            assertThat(exception.get("reason").asString()).isEqualTo("FORBIDDEN");
            assertThat(exception.get("detail").asString()).contains("Nobody acted");
        });
    }

    @Test
    void laneThatAPersonPausesSendsNothingUntilItIsResumed() {
        settings().faults = Faults.always(
                Fault.late(Duration.ofMillis(400)),
                request -> request.upstream().equals("experiments"));
        String id = run();
        story.until(
                id, view -> view.get("counts").get("byState").path("EXPORTED").asInt(0) > 0);
        String lane = lane().get("lane").asString();
        assertThat(story.portal()
                        .post("/lanes/" + lane + "/pause", "{\"reason\":\"maintenance\"}")
                        .status())
                .isEqualTo(200);
        AtomicLong last = new AtomicLong();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .during(Duration.ofSeconds(2))
                .until(() -> asked("experiments") == last.getAndSet(asked("experiments")));
        assertThat(lane().get("state").asString()).isEqualTo("PAUSED");
        assertThat(story.tasks(id, "state=READY")).isNotEmpty();
        assertThat(story.portal().post("/lanes/" + lane + "/resume", "").status())
                .isEqualTo(200);
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
        assertThat(story.tasks(id, "type=run"))
                .as("answers in flight were settled, none was asked for twice")
                .allSatisfy(run -> assertThat(run.get("attempts").asInt()).isEqualTo(1));
    }

    private long asked(String upstream) {
        return story.azure().log().stream()
                .filter(request -> request.upstream().equals(upstream))
                .count();
    }

    private JsonNode lane() {
        for (JsonNode lane : story.portal().get("/lanes").json().get("items")) {
            if (lane.get("lane").asString().startsWith("experiments:")) {
                return lane;
            }
        }
        throw new AssertionError("no such lane yet");
    }

    @Test
    void whatFailsForGoodIsNamedAndWhatLiesInItIsExportedAllTheSame() {
        settings().faults = Faults.always(Fault.error(500, "InternalServerError"), request -> request.isRow(32));
        String id = run();
        JsonNode view = story.ended(id);
        assertThat(view.get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        assertThat(story.tasks(id, "type=run")).allSatisfy(run -> {
            assertThat(run.get("state").asString()).isEqualTo("FAILED");
            assertThat(run.get("reason").asString()).isEqualTo("RETRIES_SPENT");
        });
        assertThat(story.exported(id)).containsEntry("artifact-content", held().get("artifact-content"));
    }

    @Test
    @DisplayName("§3 401: a token that is not accepted is replaced once")
    void revokedTokenIsReplacedOnce() {
        settings().onlyIssuedTokens = true;
        String first = run();
        assertThat(story.ended(first).get("stage").asString()).isEqualTo("COMPLETED");
        int before = story.azure().tokenRequests();
        settings().faults =
                Faults.times(1, Fault.error(401, "ExpiredAuthenticationToken"), request -> request.isRow(30));
        assertThat(story.ended(run()).get("stage").asString()).isEqualTo("COMPLETED");
        assertThat(story.azure().tokenRequests()).isEqualTo(before + 1);
    }

    @Test
    void retiredServiceIsNeverTakenForEmpty() {
        settings().retired.add("arm");
        String id = run();
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        assertThat(story.tasks(id, "kind=DISCOVER")).singleElement().satisfies(task -> {
            assertThat(task.get("state").asString()).isEqualTo("SOURCE_RETIRED");
            assertThat(task.get("reason").asString()).isEqualTo("PROVIDER_GONE");
        });
    }

    @Test
    @DisplayName("§3 DELETE semantics: a missing resource group proves nothing")
    void missingResourceGroupProvesNothing() {
        ObjectNode request = with(
                request(),
                Place.lab(Estate.SUBSCRIPTION, "nosuchgroup", "nosuchlab"),
                target -> target.put("select", "ALL"));
        String id = story.portal().submit(request.toString());
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        assertThat(story.tasks(id, "kind=DISCOVER"))
                .singleElement()
                .satisfies(task -> assertThat(task.get("state").asString()).isEqualTo("UNVERIFIED"));
    }

    @Test
    @DisplayName("T7: a next page at another origin is not followed")
    void nextPageAtAnotherOriginIsNotFollowed() {
        settings().nextLinkOrigin = "http://127.0.0.1:9";
        settings().pageSize(2);
        settings().dialect(PagingDialect.plain(PagingDialect.Continuation.LINK));
        String id = run();
        story.ended(id);
        assertThat(story.tasks(id, "kind=DISCOVER&type=run")).singleElement().satisfies(task -> {
            assertThat(task.get("state").asString()).isEqualTo("FAILED");
            assertThat(task.get("reason").asString()).isEqualTo("HOSTILE_URL");
        });
    }

    @Test
    @DisplayName("T7: content at another origin is not fetched")
    void contentAtAnotherOriginIsNotFetched() {
        settings().contentOrigin = "http://169.254.169.254";
        String id = run();
        story.ended(id);
        assertThat(story.tasks(id, "type=artifact-content"))
                .isNotEmpty()
                .allSatisfy(task -> assertThat(task.get("reason").asString()).isEqualTo("HOSTILE_URL"));
    }

    @Test
    @DisplayName("T13: a token that leads back ends the list as incomplete")
    void repeatedTokenEndsTheListAsIncomplete() {
        settings().pageSize(2);
        settings().dialect(PagingDialect.plain(PagingDialect.Continuation.TOKEN).withRepeatingToken());
        String id = run();
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        assertThat(story.tasks(id, "kind=DISCOVER&type=run"))
                .singleElement()
                .satisfies(task -> assertThat(task.get("reason").asString()).isEqualTo("PAGING_LOOP"));
    }

    @Test
    @DisplayName("T13, §3 Paging: every dialect of paging is read to its end, also over empty pages")
    void everyDialectOfPagingIsReadToItsEnd() {
        for (PagingDialect dialect : List.of(
                PagingDialect.plain(PagingDialect.Continuation.LINK).withEmptyMiddlePage(),
                PagingDialect.plain(PagingDialect.Continuation.TOKEN).withNullAtEnd(),
                PagingDialect.plain(PagingDialect.Continuation.BOTH).withOtherKeyCase())) {
            settings().pageSize(2);
            settings().dialect(dialect);
            String id = run();
            assertThat(story.ended(id).get("stage").asString())
                    .as("%s", dialect)
                    .isEqualTo("COMPLETED");
            assertThat(story.exported(id)).as("%s", dialect).isEqualTo(held());
        }
    }

    @Test
    void poisonousDocumentsFailTheirOwnTasksOnly() {
        settings().faults = Faults.always(
                        Fault.answer(200, Map.of("Content-Type", "application/json"), "<html>no JSON</html>"),
                        request -> request.target().endsWith("/runs/run-1"))
                .or(Faults.always(
                        Fault.answer(
                                200,
                                Map.of("Content-Type", "application/json"),
                                "{\"runId\":\"run-2\",\"name\":\"\\ud800 \\u0000\"}"),
                        request -> request.target().endsWith("/runs/run-2")));
        String id = run();
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        assertThat(story.tasks(id, "state=FAILED")).isNotEmpty().allSatisfy(task -> {
            assertThat(task.get("key").asString()).isIn("run-1", "run-2");
            assertThat(task.get("reason").asString()).isEqualTo("POISON");
        });
        assertThat(story.exported(id)).containsEntry("artifact-content", held().get("artifact-content"));
    }

    @Test
    @DisplayName("T5: an expired link to content is asked for anew")
    void expiredLinkToContentIsAskedForAnew() {
        settings().sasLifetime = Duration.ofSeconds(-1);
        String id = run();
        story.until(id, view -> story.azure().log().stream().anyMatch(request -> request.status() == 403));
        settings().sasLifetime = Duration.ofHours(8);
        settings().clock = Clock.systemUTC();
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
        assertThat(story.exported(id)).isEqualTo(held());
    }
}
