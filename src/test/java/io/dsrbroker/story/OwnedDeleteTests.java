package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.Select;
import io.dsrbroker.support.Portal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Of shared accounts only what is the subject's own is deleted, and no container ever. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnedDeleteTests {

    private static final Set<Integer> CONTAINER_ROWS = Set.of(4, 13, 15, 16);

    private final DeleteStory story = DeleteStory.of(EstateSpec.small()
            .withHostingAccounts(1, 0, 0)
            .withLabs(1, 1, 1)
            .withRuns(10, 1, 1)
            .withCompute(0, 0));
    private final Place hosting = story.hosting();
    private final Place lab = story.lab();
    private final int subjectsRuns =
            story.azure().held(SUBJECT, Select.OWNED, lab).getOrDefault("run", 0);
    private String id = "";
    private String undecided = "";
    private DeleteStory.Plan decided = new DeleteStory.Plan(DeleteStory.request(SUBJECT), List.of());

    @BeforeAll
    void modelsAreIncludedAndThePlanIsApproved() {
        story.change().model(hosting, 1).model(hosting, 2);
        ObjectNode request = DeleteStory.request(SUBJECT);
        ExportStory.with(request, lab, target -> target.put("name", "lab"));
        ExportStory.with(request, hosting, target -> target.put("name", "models"));
        id = story.planned(request);
        DeleteStory.Plan before = story.plan(id);
        undecided = before.hash();
        assertThat(before.items("model")).hasSize(2).allSatisfy(model -> {
            assertThat(model.get("action").asString()).isEqualTo("SKIPPED");
            assertThat(model.get("reason").asString()).isEqualTo("OWNER_UNKNOWN");
            assertThat(model.get("owner").asString()).isEqualTo("UNKNOWN");
        });
        Portal.Answer included = story.officer()
                .post(
                        "/requests/" + id + "/decisions",
                        "{\"decision\":\"INCLUDE\",\"type\":\"model\",\"reason\":\"hers\"}");
        assertThat(included.status()).as(included.body()).isEqualTo(200);
        assertThat(included.json().get("decided").asInt()).isEqualTo(2);
        decided = story.plan(id);
        assertThat(story.approve(id, undecided, List.of()).status()).isEqualTo(409);
        story.approve(id);
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
    }

    @AfterAll
    void close() {
        story.close();
    }

    @Test
    void decisionMakesAnotherPlan() {
        assertThat(decided.hash()).isNotEqualTo(undecided);
        assertThat(decided.items("model"))
                .hasSize(2)
                .allSatisfy(model -> assertThat(model.get("action").asString()).isEqualTo("DELETE"));
    }

    @Test
    void includedModelsAreDeleted() {
        assertThat(story.tasks(id, "type=model"))
                .hasSize(2)
                .allSatisfy(model -> assertThat(model.get("state").asString()).isEqualTo("DELETED"));
        assertThat(story.azure().estate().modelIds(hosting)).isEmpty();
    }

    @Test
    void runsOfTheSubjectAreNamedAlthoughNoCallDeletesThem() {
        assertThat(subjectsRuns).isPositive();
        assertThat(story.tasks(id, "type=run"))
                .filteredOn(run -> run.get("owner").asString().equals("SUBJECT"))
                .hasSize(subjectsRuns)
                .allSatisfy(run -> {
                    assertThat(run.get("state").asString()).isEqualTo("SKIPPED");
                    assertThat(run.get("reason").asString()).isEqualTo("NO_OWN_DELETE");
                });
        assertThat(story.azure().held(SUBJECT, Select.OWNED, lab)).containsEntry("run", subjectsRuns);
    }

    @Test
    void whatIsUndecidedAtTheApprovalStays() {
        assertThat(story.tasks(id, "type=run"))
                .filteredOn(run -> run.get("owner").asString().equals("UNKNOWN"))
                .isNotEmpty()
                .allSatisfy(run -> {
                    assertThat(run.get("state").asString()).isEqualTo("SKIPPED");
                    assertThat(run.get("reason").asString()).isIn("OWNER_UNKNOWN", "NO_OWN_DELETE");
                });
    }

    @Test
    void thingsOfOthersHaveNoTask() {
        assertThat(story.tasks(id, ""))
                .isNotEmpty()
                .noneMatch(task -> task.get("owner").asString("").equals("OTHERS"));
        assertThat(decided.items())
                .noneMatch(item -> item.get("owner").asString().equals("OTHERS"));
        JsonNode found = story.tasks(id, "kind=DISCOVER&type=run").getFirst().get("found");
        assertThat(found.get("others").asInt()).isPositive();
    }

    @Test
    @DisplayName("T1: what is not wholly the subject's is never deleted as a container")
    void noContainerIsDeleted() {
        assertThat(story.deletes()).isNotEmpty().noneMatch(request -> CONTAINER_ROWS.contains(request.row()));
        assertThat(story.projects(lab)).hasSize(1);
        assertThat(story.tasks(id, "kind=DELETE"))
                .noneMatch(task -> Set.of(
                                "project", "experimentation-workspace", "experimentation-account", "hosting-account")
                        .contains(task.get("type").asString()));
    }
}
