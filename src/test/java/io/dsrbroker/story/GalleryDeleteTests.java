package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.Portal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** No call deletes from the Gallery: a person does, and the broker looks whether it is true. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class GalleryDeleteTests {

    private final DeleteStory story = DeleteStory.of(EstateSpec.galleryOnly().withGallery(2, 1));

    @AfterEach
    void close() {
        story.close();
    }

    private String approved() {
        String id = story.planned(ExportStory.with(DeleteStory.request(SUBJECT), Place.gallery(), target -> {}));
        assertThat(story.plan(id).items())
                .hasSize(4)
                .allSatisfy(item -> assertThat(item.get("action").asString()).isEqualTo("MANUAL"));
        story.approve(id);
        story.until(
                id,
                view -> view.get("counts").get("byState").path("NEEDS_ACTION").asInt(0) == 4);
        return id;
    }

    private Portal.Answer confirm(String id, JsonNode task) {
        return story.post(
                id,
                "resources/" + task.get("taskId").asString() + "/confirmation",
                "{\"note\":\"deleted by hand\",\"doneAt\":\"%s\",\"evidenceSha256\":\"%s\"}"
                        .formatted(Instant.now().minusSeconds(60), "a".repeat(64)));
    }

    private JsonNode task(String id, JsonNode task, String state) {
        return story.task(
                id,
                task.get("taskId").asString(),
                one -> one.get("state").asString().equals(state));
    }

    @Test
    @DisplayName("T4: no call deletes Gallery items; a person is told what to do")
    void personIsToldWhatToDo() {
        String id = approved();
        List<JsonNode> tasks = story.tasks(id, "kind=MANUAL");
        assertThat(tasks).hasSize(4).allSatisfy(task -> {
            assertThat(task.get("type").asString()).isIn("gallery-user", "gallery-entity");
            assertThat(task.get("state").asString()).isEqualTo("NEEDS_ACTION");
            assertThat(task.get("nextStep").asString()).isNotBlank();
        });
        assertThat(story.portal()
                        .get("/requests/" + id)
                        .json()
                        .get("finishedAt")
                        .isNull())
                .isTrue();
        assertThat(story.deletes()).isEmpty();
    }

    @Test
    void confirmationOfWhatIsStillThereIsRefuted() {
        String id = approved();
        JsonNode entity = story.tasks(id, "type=gallery-entity").getFirst();
        assertThat(confirm(id, entity).status()).isEqualTo(202);
        JsonNode refuted = story.task(
                id,
                entity.get("taskId").asString(),
                one -> one.get("state").asString().equals("NEEDS_ACTION")
                        && !one.get("detail").isNull()
                        && !one.get("detail").equals(entity.get("detail")));
        assertThat(refuted.get("detail").asString()).contains("still");
        assertThat(refuted.get("nextStep").asString()).isNotBlank();

        story.change().removeGalleryEntity(SUBJECT, entity.get("key").asString());
        assertThat(confirm(id, entity).status()).isEqualTo(202);
        task(id, entity, "CONFIRMED");
        assertThat(story.stageOf(id)).isEqualTo("IN_PROGRESS");
    }

    @Test
    void whatWasDeletedByHandIsConfirmedAndTheRequestEnds() {
        String id = approved();
        List<JsonNode> tasks = story.tasks(id, "kind=MANUAL");
        for (String entity : story.azure().estate().galleryEntityIds(SUBJECT)) {
            story.change().removeGalleryEntity(SUBJECT, entity);
        }
        story.change().removeGalleryProfile(SUBJECT);
        tasks.forEach(task -> assertThat(confirm(id, task).status()).isEqualTo(202));
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
        assertThat(story.tasks(id, "kind=MANUAL&state=CONFIRMED")).hasSize(4);

        Portal.Answer again = confirm(id, tasks.getFirst());
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("type").asString()).isEqualTo("/problems/wrong-state");
    }
}
