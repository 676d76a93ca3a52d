package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Place;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of the other requests when somebody changes what is sealed of one. */
@Tag("long")
class BrokenSealTests {

    @Test
    void requestThatCannotBeOpenedKeepsNoOtherWaiting() {
        Estate estate = Estate.generate(
                EstateSpec.small()
                        .withHostingAccounts(0, 0, 0)
                        .withLabs(1, 1, 1)
                        .withRuns(3, 1, 1)
                        .withCompute(0, 0),
                SUBJECT);
        try (ExportStory story = ExportStory.of(
                estate,
                Map.of(
                        "dsr.lanes.poll", "200ms",
                        "dsr.lanes.experiments.reads-per-second", "6",
                        "dsr.lanes.experiments.read-burst", "1",
                        "dsr.lanes.arm.reads-per-second", "6",
                        "dsr.lanes.arm.read-burst", "1"))) {
            String broken = held(story, estate);
            story.database()
                    .tamper("update container set place = '\\x00'::bytea || place where job_id = '" + broken + "'");
            assertThat(story.portal()
                            .post("/requests/" + broken + "/release", "{\"reason\": \"go on\"}")
                            .status())
                    .isEqualTo(200);
            for (int more = 0; more < 2; more++) {
                String id = story.portal().submit(request(estate).toString());
                assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
            }
            JsonNode view = story.portal().get("/requests/" + broken).json();
            assertThat(view.get("finishedAt").isNull()).isTrue();
            assertThat(story.portal().get("/requests").status()).isEqualTo(200);
            assertThat(story.portal()
                            .get("/requests/" + broken + "/resources?kind=DISCOVER")
                            .status())
                    .isEqualTo(200);
        }
    }

    private static String held(ExportStory story, Estate estate) {
        String id = story.portal().submit(request(estate).toString());
        assertThat(story.portal()
                        .post("/requests/" + id + "/hold", "{\"reason\": \"wait\"}")
                        .status())
                .isEqualTo(200);
        // What was in flight has ended.
        Awaitility.await()
                .until(
                        () -> story.portal().get("/lanes").json().get("items"),
                        lanes -> lanes.valueStream()
                                .allMatch(lane -> lane.get("inFlight").intValue() == 0));
        return id;
    }

    private static ObjectNode request(Estate estate) {
        ObjectNode request = ExportStory.request();
        for (Place place : estate.places()) {
            if (place.kind() == Place.Kind.EXPERIMENTATION_ACCOUNT) {
                ExportStory.with(request, place, target -> target.put("unknownOwner", "INCLUDE"));
            }
        }
        return request;
    }
}
