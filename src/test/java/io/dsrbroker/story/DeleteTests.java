package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.OTHER;
import static io.dsrbroker.story.ExportStory.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.LoggedRequest;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.Select;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Everything in two accounts is deleted: shown before, approved by another person, in order, and proven. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeleteTests {

    private static final List<String> INSIDE_OUT_MODELS =
            List.of("service", "image", "manifest", "model", "hosting-account");
    private static final List<String> INSIDE_OUT_LAB =
            List.of("project", "experimentation-workspace", "experimentation-account");
    private static final Map<String, Integer> ROWS = Map.of(
            "service", 10,
            "image", 12,
            "manifest", 8,
            "model", 6,
            "hosting-account", 4,
            "project", 13,
            "experimentation-workspace", 15,
            "experimentation-account", 16);

    private final DeleteStory story = DeleteStory.of(EstateSpec.small()
            .withHostingAccounts(1, 3, 2)
            .withLabs(1, 1, 3)
            .withRuns(8, 1, 2)
            .withOwners(new EstateSpec.OwnersMix(4, 3, 0, 1)));
    private final Place hosting = story.hosting();
    private final Place lab = story.lab();
    private final List<Place> projects = story.projects(lab);
    private final Map<String, Integer> before = held();
    private final Map<Place, Map<String, Integer>> subjects = new HashMap<>();
    private final Map<Place, Map<String, Integer>> others = new HashMap<>();
    private final Map<Place, Map<String, Integer>> everybodys = new HashMap<>();
    private String id = "";
    private DeleteStory.Plan plan =
            new DeleteStory.Plan(tools.jackson.databind.node.JsonNodeFactory.instance.objectNode(), List.of());
    private Instant approved = Instant.MAX;

    @BeforeAll
    void planned() {
        story.settings().deleteRefusedWhileUsed = true;
        for (Place project : projects) {
            subjects.put(project, story.azure().held(SUBJECT, Select.OWNED, project));
            others.put(project, story.azure().held(OTHER, Select.OWNED, project));
            everybodys.put(project, story.azure().held(SUBJECT, Select.ALL, project));
        }
        id = story.planned(DeleteStory.all(SUBJECT, hosting, lab));
        plan = story.plan(id);
        approved = Instant.now();
        story.approve(id);
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
    }

    @AfterAll
    void close() {
        story.close();
    }

    private Map<String, Integer> held() {
        Map<String, Integer> held = new TreeMap<>(story.azure().held(SUBJECT, Select.ALL, hosting, lab));
        held.values().removeIf(count -> count == 0);
        return held;
    }

    @Test
    void nothingIsHeldAnyMore() {
        assertThat(before).containsEntry("project", 3).containsEntry("service", 2);
        assertThat(held()).isEmpty();
    }

    @Test
    void nothingIsDeletedBeforeTheApproval() {
        assertThat(story.deletes())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.at()).isAfterOrEqualTo(approved));
    }

    @Test
    @DisplayName("T2: services, images, manifests, models, then the account; projects, workspaces, then the account")
    void childrenHaveEndedBeforeTheirParentIsDeleted() {
        fromTheInsideOut(INSIDE_OUT_MODELS);
        fromTheInsideOut(INSIDE_OUT_LAB);
    }

    private void fromTheInsideOut(List<String> types) {
        for (int i = 1; i < types.size(); i++) {
            List<LoggedRequest> parents = deletes(types.get(i));
            assertThat(parents).as(types.get(i)).isNotEmpty();
            assertThat(parents.getFirst().seq())
                    .isGreaterThan(deletes(types.get(i - 1)).getLast().seq());
            assertThat(story.tasks(id, "type=" + types.get(i - 1)))
                    .isNotEmpty()
                    .allSatisfy(child -> assertThat(
                                    Instant.parse(child.get("finishedAt").asString()))
                            .isBeforeOrEqualTo(parents.getFirst().at()));
        }
    }

    private List<LoggedRequest> deletes(String type) {
        int row = ROWS.getOrDefault(type, 0);
        return story.deletes().stream().filter(request -> request.isRow(row)).toList();
    }

    @Test
    void planShowsEveryResource() {
        Map<String, Integer> planned = new TreeMap<>();
        plan.items().forEach(item -> planned.merge(item.get("type").asString(), 1, Integer::sum));
        before.forEach((type, count) -> {
            if (!type.equals("artifact-content")) {
                assertThat(planned).containsEntry(type, count);
            }
        });
        assertThat(plan.items()).allSatisfy(item -> {
            assertThat(item.get("taskId").asString()).isNotBlank();
            assertThat(item.get("target").asString()).isNotBlank();
            assertThat(item.get("key").asString()).isNotBlank();
            assertThat(item.get("owner").asString()).isIn("SUBJECT", "OTHERS", "UNKNOWN");
        });
        JsonNode byType = plan.view().get("summary").get("byType");
        assertThat(byType.get("run").asInt()).isEqualTo(before.get("run"));
        assertThat(plan.hash()).matches("[0-9a-f]{64}");
    }

    @Test
    void planSaysWhatIsDeletedAndWhatGoesWithIt() {
        assertThat(plan.items())
                .filteredOn(item -> ROWS.containsKey(item.get("type").asString()))
                .allSatisfy(item -> {
                    assertThat(item.get("action").asString()).isEqualTo("DELETE");
                    assertThat(item.get("irreversible").asBoolean()).isTrue();
                });
        Set<String> tasksOfProjects = plan.items("project").stream()
                .map(project -> project.get("taskId").asString())
                .collect(Collectors.toSet());
        assertThat(plan.items())
                .filteredOn(item -> !ROWS.containsKey(item.get("type").asString()))
                .isNotEmpty()
                .allSatisfy(item -> {
                    assertThat(item.get("action").asString()).isEqualTo("COVERED");
                    assertThat(item.get("coveredBy").asString()).isIn(tasksOfProjects);
                });
    }

    @Test
    @DisplayName("T1: the plan shows what of other people a container holds")
    void blastRadiusOfEachProjectIsWhatIsHeldOfEachPerson() {
        for (Place project : projects) {
            JsonNode item = plan.item("project", String.valueOf(project.project()));
            Set<String> types = plan.items().stream()
                    .filter(covered -> covered.get("coveredBy")
                            .asString("")
                            .equals(item.get("taskId").asString()))
                    .map(covered -> covered.get("type").asString())
                    .collect(Collectors.toSet());
            assertThat(types).contains("run", "run-metric", "artifact", "asset", "experiment", "notification-job");
            long subject = sum(subjects, project, types);
            // The notification jobs of other people are not shown by any call.
            long other = sum(others, project, types)
                    - others.getOrDefault(project, Map.of()).getOrDefault("notification-job", 0);
            JsonNode radius = radius("projects/" + project.project());
            assertThat(radius.get("subject").asLong()).isEqualTo(subject);
            assertThat(radius.get("others").asLong()).isEqualTo(other);
            assertThat(radius.get("otherPeople").asLong()).isEqualTo(1);
            assertThat(radius.get("unknown").asLong())
                    .isEqualTo(sum(everybodys, project, types) - subject - other)
                    .isPositive();
        }
    }

    private static long sum(Map<Place, Map<String, Integer>> held, Place project, Set<String> types) {
        return held.getOrDefault(project, Map.of()).entrySet().stream()
                .filter(entry -> types.contains(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private JsonNode radius(String container) {
        for (JsonNode radius : plan.view().get("summary").get("blastRadius")) {
            if (radius.get("container").asString().endsWith(container)) {
                return radius;
            }
        }
        throw new AssertionError("No blast radius of " + container);
    }

    @Test
    @DisplayName("T16: only absence that was read counts as deleted")
    void everyTaskEndsProven() {
        assertThat(story.tasks(id, "kind=DELETE")).isNotEmpty().allSatisfy(task -> {
            boolean called = ROWS.containsKey(task.get("type").asString());
            assertThat(task.get("state").asString()).isEqualTo(called ? "DELETED" : "COVERED");
            assertThat(task.get("evidence").isNull()).isFalse();
        });
        JsonNode project = story.tasks(id, "type=project").getFirst();
        JsonNode history = story.portal()
                .get("/requests/" + id + "/resources/" + project.get("taskId").asString())
                .json()
                .get("history");
        assertThat(history).anySatisfy(entry -> {
            assertThat(entry.get("method").asString()).isEqualTo("DELETE");
            assertThat(entry.get("row").asInt()).isIn(13, 14);
        });
        assertThat(history)
                .filteredOn(entry -> entry.get("method").asString().equals("GET"))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void viewTellsWhatNoJobCanDo() {
        assertThat(story.portal().get("/requests/" + id).json().get("outOfScope"))
                .anySatisfy(entry -> assertThat(entry.get("what").asString()).contains("telemetry"));
    }

    @Test
    void auditTrailTellsWhoDidWhatFromTheRequestToItsEnd() {
        List<JsonNode> entries = new ArrayList<>();
        story.portal()
                .get("/requests/" + id + "/audit?limit=500")
                .json()
                .get("items")
                .forEach(entries::add);
        assertThat(entries)
                .extracting(entry -> entry.get("action").asString())
                .containsSubsequence("received", "plan-proposed", "approved", "plan-confirmed", "stage-changed");
        assertThat(entries.stream()
                        .filter(entry -> entry.get("action").asString().equals("stage-changed"))
                        .map(entry -> entry.get("detail").get("to").asString()))
                .containsSubsequence("AWAITING_APPROVAL", "IN_PROGRESS", "COMPLETED");
        String previous = "0".repeat(64);
        for (JsonNode entry : entries) {
            assertThat(entry.get("previousHash").asString()).isEqualTo(previous);
            previous = entry.get("hash").asString();
        }
        assertThat(entries.toString())
                .doesNotContain(
                        SUBJECT.objectId(), SUBJECT.userName(), SUBJECT.authorId(), ExportStory.OTHER.objectId());
    }
}
