package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LanesTests extends ApiTestCase {

    private void lane(String name, String until, String reason) {
        jdbc.sql("insert into lane (name, upstream, paused_until, pause_reason) values (?, 'arm', " + until
                        + ", nullif(?, ''))")
                .param(name)
                .param(reason)
                .update();
    }

    @Test
    void lanesSayWhatTheyDo() {
        submitted();
        lane("x:throttled", "now() + interval '1 minute'", "THROTTLED");
        lane("x:rejected", "now() + interval '1 minute'", "CREDENTIALS_REJECTED");
        lane("x:broken", "now() + interval '1 minute'", "BROKEN");
        lane("x:paused", "now() + interval '1 minute'", "THROTTLED");
        pause("x:paused");
        lane("x:over", "now() - interval '1 minute'", "THROTTLED");
        lane("x:driven", "null", "");
        jdbc.sql("""
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                values ('lane', 'x:driven', now(), true, 1)
                """).update();
        jdbc.sql("insert into lane_activity values ('x:driven', 'replica-1', 7, 24.5, now())")
                .update();
        JsonNode answer = json(get("/api/v1/lanes?limit=500")
                .as(Tokens.of("opal", "dsr.operate"))
                .send());
        Map<String, JsonNode> lanes = new HashMap<>();
        answer.get("items").forEach(lane -> lanes.put(lane.get("lane").stringValue(), lane));
        assertThat(state(lanes, "x:throttled")).isEqualTo("THROTTLED");
        assertThat(state(lanes, "x:rejected")).isEqualTo("BROKEN");
        assertThat(state(lanes, "x:broken")).isEqualTo("BROKEN");
        assertThat(state(lanes, "x:paused")).isEqualTo("PAUSED");
        assertThat(state(lanes, "x:over")).isEqualTo("IDLE");
        assertThat(state(lanes, "x:driven")).isEqualTo("ACTIVE");
        assertThat(at(lanes, "x:paused").get("until").isNull()).isTrue();
        assertThat(at(lanes, "x:throttled").get("until").isNull()).isFalse();
        assertThat(at(lanes, "x:driven").get("holder").stringValue()).isEqualTo("replica-1");
        assertThat(at(lanes, "x:driven").get("inFlight").intValue()).isEqualTo(7);
        assertThat(at(lanes, "x:driven").get("ratePerSecond").doubleValue()).isEqualTo(24.5);
        assertThat(at(lanes, "gallery-catalog").get("ready").intValue()).isPositive();
    }

    @Test
    void pausedLaneStaysSoUntilAPersonResumesIt() {
        lane("x:stopped", "now() + interval '1 minute'", "BROKEN");
        assertThat(pause("x:stopped").get("state").stringValue()).isEqualTo("PAUSED");
        assertThat(pause("x:stopped").get("until").isNull()).isTrue();
        assertThat(resume("x:stopped").get("state").stringValue()).isEqualTo("IDLE");
    }

    @Test
    void resumedLaneWaitsForTheTimeThatItsUpstreamAskedFor() {
        lane("x:told", "now() + interval '1 minute'", "THROTTLED");
        pause("x:told");
        JsonNode resumed = resume("x:told");
        assertThat(resumed.get("state").stringValue()).isEqualTo("THROTTLED");
        assertThat(resumed.get("until").isNull()).isFalse();
    }

    @Test
    void firstWhoPausesALaneIsRemembered() {
        lane("x:first", "null", "");
        pause("x:first");
        pause("x:first", "ruby", "another");
        assertThat(jdbc.sql("select held_by || ' ' || held_reason from lane where name = 'x:first'")
                        .query(String.class)
                        .single())
                .isEqualTo("opal maintenance");
    }

    @Test
    void unknownLaneReturns404() {
        assertProblem(
                call("POST", "/api/v1/lanes/none:such/resume")
                        .as(Tokens.of("opal", "dsr.operate"))
                        .send(),
                404,
                "not-found");
    }

    @Test
    void pauseWithoutAReasonReturns422AndPausesNothing() {
        lane("x:reasonless", "null", "");
        assertProblem(
                post("/api/v1/lanes/x:reasonless/pause", "{}")
                        .as(Tokens.of("opal", "dsr.operate"))
                        .send(),
                422,
                "validation");
        assertThat(resume("x:reasonless").get("state").stringValue()).isEqualTo("IDLE");
    }

    private JsonNode pause(String lane) {
        return pause(lane, "opal", "maintenance");
    }

    private JsonNode pause(String lane, String sub, String reason) {
        return json(post("/api/v1/lanes/" + lane + "/pause", "{\"reason\":\"" + reason + "\"}")
                .as(Tokens.of(sub, "dsr.operate"))
                .send());
    }

    private JsonNode resume(String lane) {
        return json(call("POST", "/api/v1/lanes/" + lane + "/resume")
                .as(Tokens.of("opal", "dsr.operate"))
                .send());
    }

    private static String state(Map<String, JsonNode> lanes, String name) {
        return at(lanes, name).get("state").stringValue();
    }

    private static JsonNode at(Map<String, JsonNode> lanes, String name) {
        return java.util.Objects.requireNonNull(lanes.get(name));
    }
}
