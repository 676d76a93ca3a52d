package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Place;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A delete that is tried again after its Gallery part has ended, and with it the access token is gone. */
@Tag("long")
class SpentSecretsTests {

    @Test
    void retryOfSomethingElseNeedsNoTokenAndNoNewApproval() {
        Estate estate = Estate.generate(
                EstateSpec.small()
                        .withHostingAccounts(0, 0, 0)
                        .withLabs(1, 1, 1)
                        .withRuns(2, 1, 1)
                        .withCompute(0, 0),
                SUBJECT,
                ExportStory.OTHER);
        try (DeleteStory story = DeleteStory.of(estate, Map.of("dsr.housekeeping.every", "200ms"))) {
            Place lab = story.lab();
            story.settings().lockedScopes.add(lab.armId());
            ObjectNode request = DeleteStory.all(SUBJECT, lab);
            ExportStory.with(request, Place.gallery(), target -> {});
            String id = story.planned(request);
            String kept = story.plan(id)
                    .items("gallery-entity")
                    .getFirst()
                    .get("taskId")
                    .asString();
            assertThat(story.approve(id, story.plan(id).hash(), List.of(kept)).status())
                    .isEqualTo(200);
            story.until(id, view -> view.at("/counts/byState/NEEDS_ACTION").asInt(0) >= 4);
            deleteByHand(story, id, kept);
            story.until(
                    id,
                    view -> story.portal()
                            .get("/requests/" + id + "/audit?limit=500")
                            .body()
                            .contains("\"secrets-destroyed\""));

            story.settings().lockedScopes.clear();
            assertThat(story.post(id, "retry", "").status()).isEqualTo(202);
            JsonNode ended = story.ended(id);
            assertThat(ended.get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
            assertThat(ended.get("exceptionCount").intValue()).isEqualTo(1);
            assertThat(ended.at("/exceptions/0/taskId").asString()).isEqualTo(kept);
            assertThat(story.tasks(id, "kind=DISCOVER&type=gallery-entity"))
                    .allSatisfy(task -> assertThat(task.get("state").asString()).isEqualTo("DISCOVERED"));
            assertThat(story.tasks(id, "type=project"))
                    .isNotEmpty()
                    .allSatisfy(task -> assertThat(task.get("state").asString()).isEqualTo("DELETED"));
        }
    }

    private static void deleteByHand(DeleteStory story, String id, String kept) {
        List<JsonNode> tasks = story.tasks(id, "kind=MANUAL").stream()
                .filter(task -> !task.get("taskId").asString().equals(kept))
                .toList();
        for (JsonNode task : tasks) {
            if (task.get("type").asString().equals("gallery-entity")) {
                story.change().removeGalleryEntity(SUBJECT, task.get("key").asString());
            } else {
                story.change().removeGalleryProfile(SUBJECT);
            }
        }
        for (JsonNode task : tasks) {
            assertThat(story.post(
                                    id,
                                    "resources/" + task.get("taskId").asString() + "/confirmation",
                                    "{\"note\":\"deleted by hand\",\"doneAt\":\"%s\",\"evidenceSha256\":\"%s\"}"
                                            .formatted(Instant.now().minusSeconds(60), "a".repeat(64)))
                            .status())
                    .isEqualTo(202);
        }
    }
}
