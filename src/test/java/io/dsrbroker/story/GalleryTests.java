package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static io.dsrbroker.story.ExportStory.request;
import static io.dsrbroker.story.ExportStory.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Place;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The Gallery answers 200 whatever the token, so the broker must notice what it leaves out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GalleryTests {

    private final ExportStory story = ExportStory.of(EstateSpec.galleryOnly().withGallery(6, 3));

    @AfterAll
    void close() {
        story.close();
    }

    @AfterEach
    void asBefore() {
        story.azure().settings().galleryBareArray = false;
    }

    private static ObjectNode ofGallery() {
        return with(request(), Place.gallery(), target -> {});
    }

    @Test
    void withValidTokenUnlistedEntitiesComeToo() {
        JsonNode view = story.ended(story.portal().submit(ofGallery().toString()));
        assertThat(view.get("stage").asString()).isEqualTo("COMPLETED");
        assertThat(view.get("counts").get("byState").get("EXPORTED").asInt()).isEqualTo(10);
    }

    @Test
    void bareArrayIsReadAsWell() {
        story.azure().settings().galleryBareArray = true;
        JsonNode view = story.ended(story.portal().submit(ofGallery().toString()));
        assertThat(view.get("stage").asString()).isEqualTo("COMPLETED");
    }

    @Test
    @DisplayName("T4: without a token the list is incomplete")
    void withoutTokenTheDiscoveryIsIncompleteAndSaysWhatToDo() {
        ObjectNode request = ofGallery();
        request.remove("secrets");
        String id = story.portal().submit(request.toString());
        JsonNode view = story.ended(id);
        assertThat(view.get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        assertThat(view.get("exceptions")).hasSize(1);
        assertThat(view.get("exceptionCount").asInt()).isEqualTo(1);
        JsonNode exception = view.get("exceptions").get(0);
        assertThat(exception.get("type").asString()).isEqualTo("gallery-entity");
        assertThat(exception.get("state").asString()).isEqualTo("INCOMPLETE");
        assertThat(exception.get("reason").asString()).isEqualTo("TOKEN_MISSING");
        assertThat(exception.get("nextStep").asString()).contains("DataLabAccessToken");
        assertThat(story.exported(id)).containsEntry("gallery-entity", 6).containsEntry("gallery-user", 1);
    }

    @Test
    @DisplayName("T4: an expired token shows as fewer entities than the profile counts")
    void withExpiredTokenFewerThanTheProfileCountsIsSuspect() {
        ObjectNode request = ofGallery();
        request.putObject("secrets").put("dataLabAccessToken", "expired-1");
        JsonNode view = story.ended(story.portal().submit(request.toString()));
        assertThat(view.get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        JsonNode exception = view.get("exceptions").get(0);
        assertThat(exception.get("reason").asString()).isEqualTo("TOKEN_SUSPECT");
        assertThat(exception.get("detail").asString()).contains("6 of 9");
    }

    @Test
    void withoutAuthorIdTheGalleryIsSkippedNotRefused() {
        ObjectNode request = ofGallery();
        request.putObject("subject").put("email", SUBJECT.userName());
        String id = story.portal().submit(request.toString());
        JsonNode view = story.ended(id);
        assertThat(view.get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        assertThat(story.tasks(id, "kind=DISCOVER&kind=EXPORT")).hasSize(2).allSatisfy(task -> {
            assertThat(task.get("state").asString()).isEqualTo("SKIPPED");
            assertThat(task.get("reason").asString()).isEqualTo("NO_IDENTIFIER");
        });
    }

    @Test
    void authorUnknownToTheGalleryHasNoDataThere() {
        ObjectNode request = ofGallery();
        request.putObject("subject").put("galleryAuthorId", "0".repeat(64));
        String id = story.portal().submit(request.toString());
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
        assertThat(story.tasks(id, "type=gallery-user"))
                .singleElement()
                .satisfies(user -> assertThat(user.get("state").asString()).isEqualTo("ABSENT"));
    }
}
