package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Fault;
import io.dsrbroker.simulator.Faults;
import io.dsrbroker.simulator.LoggedRequest;
import io.dsrbroker.simulator.Person;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.Select;
import io.dsrbroker.simulator.SimulatorSettings.Async;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Upstreams that carry a deletion out by themselves are asked how far they are, and believed only when it is gone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsTests {

    private final DeleteStory story = DeleteStory.of(
            Estate.generate(
                    EstateSpec.small()
                            .withHostingAccounts(4, 1, 1)
                            .withLabs(7, 1, 1)
                            .withRuns(1, 1, 1)
                            .withCompute(0, 0),
                    Person.named("Ada", "Lovelace"),
                    Person.named("Charles", "Babbage")),
            Map.of("dsr.retry.give-up", "8s"));

    private long before;

    @BeforeEach
    void remember() {
        before =
                story.azure().log().stream().mapToLong(LoggedRequest::seq).max().orElse(0);
    }

    @AfterEach
    void asBefore() {
        story.settings().faults = Faults.none();
        story.settings().asyncDeletes.clear();
        story.settings().operationOrigin = null;
    }

    @AfterAll
    void close() {
        story.close();
    }

    @Test
    @DisplayName("T14, §3 Async: both dialects are asked until they are done, no sooner than told")
    void operationsOfBothDialectsAreAskedUntilTheyAreDone() {
        Place hosting = story.hosting();
        Place lab = story.lab();
        story.settings().asyncDeletes.put(10, new Async(Duration.ofSeconds(2), false, false, 1));
        story.settings().asyncDeletes.put(13, new Async(Duration.ofSeconds(2), false, true, 1));
        story.settings().asyncDeletes.put(15, new Async(Duration.ofSeconds(2), false, false, 1));
        Person subject = DeleteStory.somebody("Operated");
        String id = story.done(DeleteStory.all(subject, hosting, lab));
        assertThat(story.stageOf(id)).isEqualTo("COMPLETED");
        assertThat(story.azure().held(subject, Select.ALL, hosting, lab)).isEmpty();
        assertThat(deletesOf(hosting, 10)).hasSize(1);
        assertThat(deletesOf(lab, 13)).hasSize(1);
        assertThat(deletesOf(lab, 15)).hasSize(1);
        assertThat(asked("/operationStatuses/")).hasSizeBetween(1, 4);
        assertThat(asked("/operationResults/")).hasSizeBetween(1, 4);
        assertThat(asked("/operations/"))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.target()).contains("api-version=2017-09-01-preview"));
        JsonNode project = only(id, "project");
        assertThat(project.get("attempts").asInt()).isEqualTo(1);
    }

    @Test
    @DisplayName("T14: an operation that failed is repeated after a look at the resource")
    void operationThatFailedIsRepeated() {
        Place lab = story.lab();
        story.settings().asyncDeletes.put(13, new Async(Duration.ofMillis(200), true, true, 1));
        String id = story.planned(DeleteStory.all(DeleteStory.somebody("Failing"), lab));
        story.approve(id);
        story.until(
                id,
                view -> story.tasks(id, "type=project").stream()
                        .anyMatch(task -> task.path("reason").asString("").equals("OPERATION_FAILED")));
        story.settings().asyncDeletes.clear();
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
        assertThat(deletesOf(lab, 13)).hasSizeGreaterThanOrEqualTo(2);
        List<LoggedRequest> calls = callsOf(lab, 13, 45);
        int second = calls.indexOf(deletesOf(lab, 13).get(1));
        assertThat(calls.get(second - 1).method())
                .as("it was read before it was repeated")
                .isEqualTo("GET");
    }

    @Test
    @Tag("long")
    void operationThatAlwaysFailsIsGivenUpInTheEnd() {
        Place lab = story.lab();
        story.settings().asyncDeletes.put(13, new Async(Duration.ofMillis(200), true, true, 1));
        String id = story.done(DeleteStory.all(DeleteStory.somebody("Hopeless"), lab));
        assertThat(story.stageOf(id)).isNotEqualTo("COMPLETED");
        JsonNode project = only(id, "project");
        assertThat(project.get("state").asString()).isEqualTo("FAILED");
        assertThat(project.get("reason").asString()).isEqualTo("RETRIES_SPENT");
        assertThat(deletesOf(lab, 13)).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    @DisplayName("T14, §3 Async: a state that cannot be read is not a failed operation")
    void stateThatCannotBeReadIsNoFailure() {
        Place lab = story.lab();
        story.settings().asyncDeletes.put(13, new Async(Duration.ofSeconds(1), false, true, 1));
        story.settings().faults = Faults.times(
                        1, Fault.error(500, "InternalServerError"), OperationsTests::asksForStatus)
                .or(Faults.times(1, Fault.error(404, "NotFound"), OperationsTests::asksForStatus))
                .or(Faults.times(1, Fault.hangUp(), OperationsTests::asksForStatus));
        Person subject = DeleteStory.somebody("Silent");
        String id = story.done(DeleteStory.all(subject, lab));
        assertThat(story.stageOf(id)).isEqualTo("COMPLETED");
        assertThat(deletesOf(lab, 13)).hasSize(1);
        assertThat(story.azure().held(subject, Select.ALL, lab)).isEmpty();
    }

    @Test
    @DisplayName("T7: a place to ask at another origin is not asked, and the task fails saying so")
    void placeToAskAtAnotherOriginIsNotAsked() {
        Place lab = story.lab();
        story.settings().asyncDeletes.put(13, new Async(Duration.ofSeconds(1), false, true, 1));
        story.settings().operationOrigin = "http://127.0.0.1:9";
        String id = story.done(DeleteStory.all(DeleteStory.somebody("Hostile"), lab));
        assertThat(story.stageOf(id)).isNotEqualTo("COMPLETED");
        JsonNode project = only(id, "project");
        assertThat(project.get("state").asString()).isEqualTo("FAILED");
        assertThat(project.get("reason").asString()).isEqualTo("HOSTILE_URL");
        assertThat(project.get("detail").asString()).isNotBlank();
    }

    @Test
    @DisplayName("T15, §3 Time-out: after a 504 it is read before it is repeated; what is gone is not deleted again")
    void deletionThatTookEffectBehindA504IsNotRepeated() {
        Place lab = story.lab();
        story.settings().faults = Faults.times(
                1, Fault.error(504, "GatewayTimeout").takingEffect(), request -> DeleteStory.isDelete(request, 13));
        String id = story.done(DeleteStory.all(DeleteStory.somebody("Late"), lab));
        assertThat(story.stageOf(id)).isEqualTo("COMPLETED");
        assertThat(deletesOf(lab, 13)).hasSize(1);
        assertThat(only(id, "project").get("state").asString()).isEqualTo("DELETED");
    }

    @Test
    @DisplayName("T15, §3 Time-out: after a 504 what is still there is deleted again")
    void deletionThatDidNothingBehindA504IsRepeatedAfterALook() {
        Place hosting = story.hosting();
        story.settings().faults =
                Faults.times(1, Fault.error(504, "GatewayTimeout"), request -> DeleteStory.isDelete(request, 4));
        String id = story.done(DeleteStory.all(DeleteStory.somebody("Undone"), hosting));
        assertThat(story.stageOf(id)).isEqualTo("COMPLETED");
        List<LoggedRequest> calls = callsOf(hosting, 4, 17);
        List<LoggedRequest> deletes = deletesOf(hosting, 4);
        assertThat(deletes).hasSize(2);
        assertThat(calls.get(calls.indexOf(deletes.get(1)) - 1).method()).isEqualTo("GET");
    }

    private JsonNode only(String id, String type) {
        List<JsonNode> tasks = story.tasks(id, "kind=DELETE&type=" + type);
        assertThat(tasks).hasSize(1);
        return tasks.getFirst();
    }

    private List<LoggedRequest> deletesOf(Place account, int row) {
        return story.deletes(account).stream()
                .filter(request -> request.isRow(row))
                .toList();
    }

    private List<LoggedRequest> callsOf(Place account, int... rows) {
        return story.azure().log().stream()
                .filter(request -> DeleteStory.concerns(request, account))
                .filter(request -> java.util.Arrays.stream(rows).anyMatch(request::isRow))
                .toList();
    }

    private List<LoggedRequest> asked(String part) {
        return story.azure().log().stream()
                .filter(request -> request.seq() > before && request.target().contains(part))
                .toList();
    }

    private static boolean asksForStatus(LoggedRequest request) {
        return request.target().contains("/operationStatuses/");
    }
}
