package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.FaultRates;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.Portal;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is left of a person in everything that the broker writes, while an export and a delete go through all that they can. */
@Isolated
class TracesTests {

    private static final String TOKEN = "good-token";

    private final Map<String, String> markers = new HashMap<>(Map.of(
            "e-mail",
            SUBJECT.userName(),
            "object id",
            SUBJECT.objectId(),
            "author id",
            SUBJECT.authorId(),
            "display name",
            SUBJECT.displayName(),
            "slug",
            SUBJECT.displayName().replace(' ', '-'),
            "access token",
            TOKEN,
            "credential",
            Estate.SECRET_MARKER,
            "bearer",
            "Bearer ey",
            "client secret",
            "development-only"));

    @Test
    @DisplayName("T20: nothing of the person is left in the clear")
    void nothingOfThePersonIsLeftInTheClear() throws Exception {
        Estate estate =
                Estate.generate(EstateSpec.small().withLabs(2, 1, 1).withRuns(6, 1, 2), SUBJECT, ExportStory.OTHER);
        try (Traces traces = new Traces(markers);
                ExportStory story = ExportStory.of(
                        estate,
                        Map.of(
                                "logging.level.root", "DEBUG",
                                "dsr.lanes.poll", "200ms",
                                "dsr.verify.spacing", "200ms",
                                "dsr.retry.base-delay", "50ms",
                                "dsr.retry.max-delay", "500ms",
                                "dsr.retry.give-up", "5s"))) {
            String token = story.broker().token("privacy-desk", "dsr.read");
            markers.put("token of a caller", token.substring(0, token.indexOf('.') + 12));
            traces.listen();
            story.azure().settings().faults = FaultRates.mixed(7, 0.1);
            String export = exported(story, estate);
            String delete = deleted(story, estate);
            assertThat(problems(story.portal(), export)).isEmpty();

            Path zip = story.store().resolveSibling(story.store().getFileName() + ".zip");
            assertThat(story.portal().download("/requests/" + export + "/package", zip))
                    .isEqualTo(200);
            Bag bag = Bag.unpack(zip, Files.createTempDirectory("dsr-traces"));
            bag.exported().stream().limit(200).forEach(item -> {
                String key = item.get("key").asString();
                if (key.length() > 10) {
                    markers.put("key of " + item.get("type").asString() + " " + markers.size(), key);
                }
            });
            assertThat(markers).hasSizeGreaterThan(20);

            assertThat(story.tasks(delete, "state=DELETED")).isNotEmpty();
            try (Connection connection = story.database().connect()) {
                assertThat(traces.inDatabase(connection)).isEmpty();
            }
            assertThat(traces.inFiles(story.store())).isEmpty();
            assertThat(meters(story))
                    .allSatisfy(
                            meter -> assertThat(traces.found("meter", meter)).isEmpty());
            assertThat(traces.logged()).isGreaterThan(100);
            assertThat(traces.inLog()).isEmpty();
            assertThat(traces.lines())
                    .anyMatch(line -> line.contains(delete))
                    .noneMatch(line ->
                            line.contains("portal-4711") || line.contains("sig=") || line.contains("client_secret"));
        }
    }

    private static String exported(ExportStory story, Estate estate) {
        ObjectNode request = ExportStory.request();
        request.put("externalId", "portal-4711");
        for (Place place : estate.places()) {
            ExportStory.with(request, place, target -> {});
        }
        String id = story.portal().submit(request.toString());
        JsonNode view = story.until(
                id,
                one -> one.at("/counts/byState/NEEDS_ACTION").asInt(0) > 0
                        && one.at("/counts/byState/READY").asInt(0) == 0);
        assertThat(view.get("id").asString()).isEqualTo(id);
        Portal.Answer decided = story.officer().post("/requests/" + id + "/decisions", """
                        {"decision": "INCLUDE", "reason": "%s says that these are hers", "target": "%s"}""".formatted(
                        SUBJECT.userName().toUpperCase(java.util.Locale.ROOT),
                        view.at("/targets/1/name").asString("")));
        assertThat(decided.status()).as(decided.body()).isEqualTo(200);
        assertThat(story.officer()
                        .post("/requests/" + id + "/hold", "{\"reason\": \"asked " + SUBJECT.objectId() + " again\"}")
                        .status())
                .isEqualTo(200);
        assertThat(story.officer()
                        .post("/requests/" + id + "/release", "{\"reason\": \"" + SUBJECT.authorId() + "\"}")
                        .status())
                .isEqualTo(200);
        story.officer().post("/requests/" + id + "/decisions", """
                {"decision": "INCLUDE", "reason": "hers", "type": "model"}""");
        for (String type : List.of(
                "manifest", "service", "image", "experiment", "compute", "cluster", "operationalization-cluster")) {
            story.officer().post("/requests/" + id + "/decisions", """
                    {"decision": "EXCLUDE", "reason": "not hers", "type": "%s"}""".formatted(type));
        }
        story.until(id, one -> {
            if (one.get("finishedAt").isNull()
                    && one.at("/counts/byState/NEEDS_ACTION").asInt(0) > 0) {
                story.tasks(id, "state=NEEDS_ACTION")
                        .forEach(task -> story.officer().post("/requests/" + id + "/decisions", """
                                {"decision": "EXCLUDE", "reason": "no", "taskIds": ["%s"]}""".formatted(
                                        task.get("taskId").asString())));
            }
            return !one.get("finishedAt").isNull();
        });
        return id;
    }

    private static String deleted(ExportStory story, Estate estate) {
        Place lab = estate.places().stream()
                .filter(place -> place.kind() == Place.Kind.EXPERIMENTATION_ACCOUNT)
                .findFirst()
                .orElseThrow();
        ObjectNode request = DeleteStory.all(SUBJECT, lab).put("exportFirst", true);
        String id = story.portal().submit(request.toString());
        story.until(id, view -> view.get("stage").asString().equals("AWAITING_APPROVAL"));
        JsonNode plan = story.portal().get("/requests/" + id + "/plan").json();
        Portal.Answer approved = story.officer().post("/requests/" + id + "/approval", """
                        {"planHash": "%s", "comment": "seen with %s"}""".formatted(
                        plan.get("planHash").asString(), SUBJECT.userName()));
        assertThat(approved.status()).as(approved.body()).isEqualTo(200);
        story.ended(id);
        return id;
    }

    /** What of the person stands in the answers to what is refused. */
    private List<String> problems(Portal portal, String id) {
        String mail = SUBJECT.userName();
        List<Portal.Answer> refused = List.of(
                portal.post("/requests", "{\"type\": \"EXPORT\", \"subject\": {\"email\": \"" + mail + " x\"}}"),
                portal.post("/requests", "{\"type\": \"" + mail + "\"}"),
                portal.post("/requests", "{\"type\": \"EXPORT\", \"" + SUBJECT.authorId() + "\": 1}"),
                portal.post(
                        "/requests",
                        "{\"type\": \"EXPORT\", \"externalId\": \"" + mail + "\", \"subject\": {\"email\": \"" + mail
                                + "\"}, \"targets\": [{\"kind\": \"gallery-author\", \"name\": \"a\"}]}"),
                portal.post("/requests", "{\"type\": \"EXPORT\", \"subject\": {\"email\": \"" + mail + "\"},,}"),
                portal.get("/requests/" + SUBJECT.objectId()),
                portal.get("/requests/" + id + "/resources?type=" + mail),
                portal.get("/requests?cursor=" + SUBJECT.authorId()),
                portal.post("/requests/" + id + "/approval", "{\"planHash\": \"" + mail + "\"}"),
                portal.post("/requests/" + id + "/hold", "{\"reason\": \"" + mail + "\"}"),
                portal.get("/targets/" + mail),
                portal.get("/" + mail));
        assertThat(refused).allSatisfy(answer -> assertThat(answer.status()).isBetween(200, 499));
        assertThat(refused.stream().filter(answer -> answer.status() >= 400).count())
                .isGreaterThanOrEqualTo(9);
        return refused.stream()
                .filter(answer -> answer.status() >= 400)
                .map(answer -> answer.body() + answer.raw().headers().map())
                .filter(body -> markers.values().stream()
                        .anyMatch(marker -> body.toLowerCase(java.util.Locale.ROOT)
                                .contains(marker.toLowerCase(java.util.Locale.ROOT))))
                .toList();
    }

    private static List<String> meters(ExportStory story) {
        MeterRegistry registry = story.broker().bean(MeterRegistry.class);
        List<String> meters = registry.getMeters().stream()
                .map(meter -> meter.getId().toString())
                .toList();
        assertThat(meters).anyMatch(meter -> meter.contains("http.server.requests"));
        return meters;
    }
}
