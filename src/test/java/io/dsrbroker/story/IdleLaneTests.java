package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.EstateSpec;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A lane without work costs nothing. */
class IdleLaneTests {

    private final ExportStory story = ExportStory.of(EstateSpec.galleryOnly());

    @AfterEach
    void close() {
        story.close();
    }

    @Test
    void laneWithoutWorkIsTakenByNobodyAndStillWakesAtOnce() {
        export();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::allIdle);
        long before = takings();
        Awaitility.await().during(Duration.ofSeconds(4)).until(() -> takings() == before);
        export();
        assertThat(takings()).isGreaterThan(before);
    }

    private void export() {
        ObjectNode request = ExportStory.request();
        request.withArray("/targets").addObject().put("kind", "gallery-author");
        String id = story.portal().submit(request.toString());
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
    }

    private boolean allIdle() {
        for (JsonNode lane : story.portal().get("/lanes").json().get("items")) {
            if (!lane.get("state").asString().equals("IDLE")) {
                return false;
            }
        }
        return true;
    }

    private long takings() {
        try (Connection connection = story.database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select sum(epoch) from lane")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
