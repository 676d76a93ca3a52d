package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.Portal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A deadline moves once, in time, and only as far as the law allows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadlineTests {

    private final DeleteStory story = DeleteStory.of(
            EstateSpec.small().withHostingAccounts(1, 0, 0).withLabs(0, 0, 0).withCompute(0, 0));
    private final Place hosting = story.hosting();

    @AfterAll
    void close() {
        story.close();
    }

    private String request(String name, String regulation, int daysAgo) {
        return story.portal()
                .submit(DeleteStory.all(DeleteStory.somebody(name), hosting)
                        .put("regulation", regulation)
                        .put(
                                "receivedAt",
                                Instant.now().minus(daysAgo, ChronoUnit.DAYS).toString())
                        .toString());
    }

    private Instant due(String id) {
        return Instant.parse(
                story.portal().get("/requests/" + id).json().get("dueAt").asString());
    }

    private Portal.Answer extend(String id, int days) {
        return story.post(id, "extension", "{\"reason\":\"many requests\",\"days\":" + days + "}");
    }

    private static void isRefused(Portal.Answer answer, Instant due) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/extension-not-allowed");
        assertThat(Instant.parse(answer.json().get("dueAt").asString())).isEqualTo(due);
    }

    @Test
    void deadlineMovesOnce() {
        String id = request("Once", "GDPR", 1);
        Instant due = due(id);
        Portal.Answer extended = extend(id, 30);
        assertThat(extended.status()).as(extended.body()).isEqualTo(200);
        JsonNode view = extended.json();
        assertThat(view.get("extended").asBoolean()).isTrue();
        assertThat(Instant.parse(view.get("dueAt").asString())).isEqualTo(due.plus(Duration.ofDays(30)));
        isRefused(extend(id, 1), due.plus(Duration.ofDays(30)));
    }

    @Test
    void deadlineDoesNotMoveBeyondThreeMonths() {
        String id = request("Far", "GDPR", 1);
        isRefused(extend(id, 63), due(id));
        assertThat(extend(id, 58).status()).isEqualTo(200);
    }

    @Test
    void deadlineThatHasPassedDoesNotMove() {
        String id = request("Passed", "GDPR", 40);
        isRefused(extend(id, 10), due(id));
    }

    @Test
    void underTheCcpaItMovesByFortyFiveDaysAtMost() {
        String id = request("Ccpa", "CCPA", 1);
        isRefused(extend(id, 46), due(id));
        assertThat(extend(id, 45).status()).isEqualTo(200);
    }
}
