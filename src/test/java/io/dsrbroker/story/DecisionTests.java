package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.request;
import static io.dsrbroker.story.ExportStory.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.Portal;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What nobody owns waits for a person. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecisionTests {

    private final ExportStory story = ExportStory.of(EstateSpec.small().withLabs(1, 1, 1));

    @AfterAll
    void close() {
        story.close();
    }

    private String ofProject() {
        Place project = story.azure().estate().projects().getFirst();
        ObjectNode request = with(request(), project, target -> target.put("name", "lab"));
        String id = story.portal().submit(request.toString());
        story.until(id, view -> onlyDecisionsAreOpen(id, view));
        return id;
    }

    private boolean onlyDecisionsAreOpen(String id, JsonNode view) {
        JsonNode states = view.get("counts").get("byState");
        return states.has("NEEDS_ACTION")
                && !states.has("READY")
                && !states.has("RETRY_WAIT")
                && story.tasks(id, "kind=DISCOVER&state=READY,BLOCKED,RETRY_WAIT")
                        .isEmpty();
    }

    private List<JsonNode> undecided(String id, String more) {
        return story.tasks(id, "state=NEEDS_ACTION" + more);
    }

    @Test
    void neitherHappensByItself() {
        String id = ofProject();
        assertThat(story.portal().get("/requests/" + id).json().get("stage").asString())
                .isEqualTo("IN_PROGRESS");
        assertThat(undecided(id, "")).isNotEmpty().allSatisfy(task -> {
            assertThat(task.get("reason").asString()).isEqualTo("OWNER_UNKNOWN");
            assertThat(task.get("owner").asString()).isEqualTo("UNKNOWN");
            assertThat(task.get("nextStep").asString()).contains("INCLUDE");
        });
        assertThat(story.portal().get("/requests/" + id + "/package").status()).isEqualTo(409);
    }

    @Test
    void includedRunsBringTheirArtifactsAndMetricsAlongAndExcludedThingsStayOut() {
        String id = ofProject();
        int runs = undecided(id, "&type=run").size();
        int metrics = undecided(id, "&type=run-metric").size();
        assertThat(runs).isPositive();
        assertThat(metrics).isPositive();
        int before = story.exported(id).getOrDefault("run", 0);
        Portal.Answer included = story.officer()
                .post(
                        "/requests/" + id + "/decisions",
                        "{\"decision\":\"INCLUDE\",\"type\":\"run\",\"reason\":\"hers\"}");
        assertThat(included.status()).isEqualTo(200);
        assertThat(included.json().get("decided").asInt()).isEqualTo(runs);
        Portal.Answer excluded = story.officer()
                .post(
                        "/requests/" + id + "/decisions",
                        "{\"decision\":\"EXCLUDE\",\"target\":\"lab\",\"reason\":\"not hers\"}");
        assertThat(excluded.status()).isEqualTo(200);
        JsonNode view = story.ended(id);
        assertThat(view.get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        assertThat(story.exported(id).get("run")).isEqualTo(before + runs);
        assertThat(story.tasks(id, "type=run-metric&state=EXPORTED"))
                .hasSize((before + runs) * 2)
                .anySatisfy(metric -> assertThat(metric.get("owner").asString()).isEqualTo("UNKNOWN"));
        assertThat(story.exported(id).get("artifact")).isEqualTo((before + runs) * 3);
        assertThat(story.exported(id).get("artifact-content")).isEqualTo((before + runs) * 3);
        assertThat(story.tasks(id, "state=SKIPPED")).isNotEmpty().allSatisfy(task -> {
            assertThat(task.get("reason").asString()).isEqualTo("EXCLUDED");
            assertThat(task.get("type").asString()).isIn("experiment", "asset");
        });
        assertThat(story.bag(id).exported())
                .noneSatisfy(item -> assertThat(item.get("type").asString()).isEqualTo("experiment"));
    }

    @Test
    void excludedRunTakesItsMetricsWithIt() {
        String id = ofProject();
        List<JsonNode> runs = undecided(id, "&type=run");
        String body = "{\"decision\":\"EXCLUDE\",\"reason\":\"no\",\"taskIds\":[\"%s\"]}"
                .formatted(runs.getFirst().get("taskId").asString());
        assertThat(story.officer()
                        .post("/requests/" + id + "/decisions", body)
                        .json()
                        .get("decided")
                        .asInt())
                .isEqualTo(1);
        assertThat(story.tasks(id, "type=run-metric&state=SKIPPED")).hasSize(2);
        assertThat(undecided(id, "&type=run")).hasSize(runs.size() - 1);
    }

    @Test
    void whoCreatedTheRequestMayNotDecide() {
        String id = ofProject();
        Portal.Answer refused = story.portal()
                .post(
                        "/requests/" + id + "/decisions",
                        "{\"decision\":\"INCLUDE\",\"type\":\"run\",\"reason\":\"mine\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("type").asString()).isEqualTo("/problems/same-person");
    }
}
