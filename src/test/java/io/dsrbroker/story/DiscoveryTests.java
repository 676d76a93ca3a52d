package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static io.dsrbroker.story.ExportStory.request;
import static io.dsrbroker.story.ExportStory.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.Select;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A target may be named at any height; what lies below is found. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiscoveryTests {

    private final ExportStory story = ExportStory.of(
            EstateSpec.small().withHostingAccounts(2, 2, 1).withLabs(2, 1, 2).withRuns(4, 1, 1));

    @AfterAll
    void close() {
        story.close();
    }

    private Map<String, Integer> held(Select select, Place... places) {
        Map<String, Integer> held = new TreeMap<>(story.azure().held(SUBJECT, select, places));
        held.values().removeIf(count -> count == 0);
        return held;
    }

    private String ended(ObjectNode request, String stage) {
        String id = story.portal().submit(request.toString());
        assertThat(story.ended(id).get("stage").asString()).isEqualTo(stage);
        return id;
    }

    @Test
    @DisplayName("T18: accounts, workspaces and projects are discovered")
    void accountsOfSubscriptionAreDiscovered() {
        Place subscription = Place.subscription(Estate.SUBSCRIPTION);
        String id = ended(
                with(
                        request(),
                        subscription,
                        target -> target.put("name", "sub").put("select", "ALL")),
                "COMPLETED");
        assertThat(story.exported(id)).isEqualTo(held(Select.ALL, subscription));
        assertThat(story.exported(id)).containsEntry("hosting-account", 2).containsEntry("experimentation-account", 2);
        assertThat(story.bag(id).exported())
                .extracting(item -> item.get("path").asString())
                .doesNotHaveDuplicates()
                .allMatch(path -> path.startsWith("data/sub/"));
    }

    @Test
    void projectIsExportedWithoutWhatLiesAboveIt() {
        Place project = story.azure().estate().projects().getFirst();
        String id = ended(
                with(request(), project, target -> target.put("name", "lab").put("select", "ALL")), "COMPLETED");
        assertThat(story.exported(id)).isEqualTo(held(Select.ALL, project));
        assertThat(story.exported(id)).doesNotContainKeys("experimentation-account", "experimentation-workspace");
        ObjectNode place = project.target();
        assertThat(story.bag(id).exported())
                .extracting(item -> item.get("path").asString())
                .contains("data/lab/workspaces/%s/projects/%s/run/run-1.json"
                        .formatted(
                                place.get("workspace").asString(),
                                place.get("project").asString()));
    }

    @Test
    void requestWithoutTargetsIsCarriedOutInTheRegisteredEstate() {
        Place account = story.azure().estate().places().stream()
                .filter(place -> place.target().get("kind").asString().equals("hosting-account"))
                .findFirst()
                .orElseThrow();
        ObjectNode target = account.target().put("select", "ALL");
        assertThat(story.portal().put("/targets/models", target.toString()).status())
                .isEqualTo(201);
        ObjectNode request = request();
        request.remove("targets");
        String id = ended(request, "COMPLETED");
        assertThat(story.exported(id)).isEqualTo(held(Select.ALL, account));
        assertThat(story.bag(id).exported())
                .extracting(item -> item.get("path").asString())
                .allMatch(path -> path.startsWith("data/models/"));
    }

    @Test
    void accountThatIsNotThereIsProvenAbsent() {
        ObjectNode request = with(
                request(),
                Place.hostingAccount(Estate.SUBSCRIPTION, Estate.GROUP, "nosuchaccount"),
                target -> target.put("select", "ALL"));
        String id = ended(request, "COMPLETED");
        assertThat(story.tasks(id, "kind=DISCOVER"))
                .singleElement()
                .satisfies(task -> assertThat(task.get("state").asString()).isEqualTo("ABSENT"));
    }

    @Test
    void withoutObjectIdNotificationsAreSkippedAndTheRestIsExported() {
        Place project = story.azure().estate().projects().getFirst();
        ObjectNode request = with(request(), project, target -> target.put("select", "ALL"));
        request.putObject("subject").put("email", SUBJECT.userName());
        String id = ended(request, "COMPLETED_WITH_EXCEPTIONS");
        Map<String, Integer> expected = held(Select.ALL, project);
        expected.remove("notification-job");
        assertThat(story.exported(id)).isEqualTo(expected);
        JsonNode exception =
                story.portal().get("/requests/" + id).json().get("exceptions").get(0);
        assertThat(exception.get("type").asString()).isEqualTo("notification-job");
        assertThat(exception.get("reason").asString()).isEqualTo("NO_IDENTIFIER");
    }

    @Test
    void everyCallStandsForItsRow() {
        ended(
                with(request(), Place.subscription(Estate.SUBSCRIPTION), target -> target.put("select", "ALL")),
                "COMPLETED");
        assertThat(story.azure().counts().keySet())
                .contains(17, 19, 21, 23, 25, 30, 31, 32, 33, 34, 36, 37, 38, 39, 41, 42, 43, 44, 45);
        assertThat(story.azure().log())
                .filteredOn(call -> call.row() >= 0 && call.status() == 200)
                .allSatisfy(call -> assertThat(call.clientRequestId()).isNotBlank());
    }
}
