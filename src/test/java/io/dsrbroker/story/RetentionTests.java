package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.shared.Digests;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.support.Portal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of a request's data when its time is over, and what stays. */
class RetentionTests {

    private static final EstateSpec SPEC = EstateSpec.small()
            .withHostingAccounts(0, 0, 0)
            .withLabs(1, 1, 1)
            .withRuns(4, 1, 1)
            .withCompute(0, 0);

    private static long number(ExportStory story, String sql) throws SQLException {
        try (Connection connection = story.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static List<String> keks(ExportStory story) throws SQLException {
        List<String> keks = new ArrayList<>();
        try (Connection connection = story.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select distinct kek from data_key")) {
            while (rows.next()) {
                keks.add(rows.getString(1));
            }
        }
        return keks;
    }

    private static void command(io.dsrbroker.shared.Command command, Path keyset) {
        assertThat(command.run(List.of(keyset.toString()), System.out)).isZero();
    }

    private static String submit(ExportStory story) {
        ObjectNode request = ExportStory.request();
        story.azure()
                .estate()
                .places()
                .forEach(place -> ExportStory.with(request, place, target -> {
                    if (!target.get("kind").asString().equals("gallery-author")) {
                        target.put("unknownOwner", "INCLUDE");
                    }
                }));
        return story.portal().submit(request.toString());
    }

    private static List<Path> stored(ExportStory story, String id) throws Exception {
        try (Stream<Path> files = Files.walk(story.store())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains(id))
                    .toList();
        }
    }

    private static String audit(ExportStory story, String id) {
        return story.portal().get("/requests/" + id + "/audit?limit=500").body();
    }

    @Test
    void expiredRequestKeepsItsRecordAndNothingOfItsSubject() throws Exception {
        try (ExportStory story = ExportStory.of(
                io.dsrbroker.simulator.Estate.generate(SPEC, SUBJECT, ExportStory.OTHER),
                Map.of("dsr.retention.package", "6s", "dsr.housekeeping.every", "200ms"))) {
            String id = submit(story);
            JsonNode before = story.ended(id);
            Path zip = story.store().resolve("early.zip");
            assertThat(story.portal().download("/requests/" + id + "/package", zip))
                    .isEqualTo(200);
            Files.delete(zip);
            assertThat(stored(story, id)).isNotEmpty();
            assertThat(number(story, "select count(*) from payload")).isPositive();
            String auditBefore = audit(story, id);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(number(story, "select count(*) from job where swept"))
                            .isEqualTo(1));

            assertThat(story.portal().get("/requests/" + id + "/package").status())
                    .isEqualTo(410);
            assertThat(number(story, "select count(*) from data_key where owner = '" + id + "'"))
                    .isZero();
            assertThat(number(story, "select count(*) from payload")).isZero();
            assertThat(number(story, "select count(*) from task where cursor is not null"))
                    .isZero();
            assertThat(number(story, "select length(subject) + coalesce(length(secrets), 0) from job"))
                    .isZero();
            assertThat(stored(story, id)).isEmpty();

            JsonNode view = story.portal().get("/requests/" + id).json();
            assertThat(view.get("stage")).isEqualTo(before.get("stage"));
            assertThat(view.get("counts")).isEqualTo(before.get("counts"));
            List<JsonNode> tasks = story.tasks(id, "");
            assertThat(tasks).isNotEmpty().allSatisfy(task -> {
                assertThat(task.get("key").isNull()).isTrue();
                assertThat(task.get("state").asString()).isNotEmpty();
                assertThat(task.get("evidence").isNull()
                                && task.get("state").asString().equals("EXPORTED"))
                        .isFalse();
            });
            assertThat(audit(story, id))
                    .contains("\"erased\"")
                    .startsWith(auditBefore.substring(0, auditBefore.indexOf("],\"next\"")));
            JsonNode verified = story.portal().get("/audit/verification").json();
            assertThat(verified.get("intact").asBoolean())
                    .as(verified.toString())
                    .isTrue();
            assertThat(story.portal().get("/requests/" + id + "/receipt").status())
                    .isEqualTo(200);
            assertThat(story.portal().post("/requests/" + id + "/retry", "").status())
                    .isIn(409, 410);
        }
    }

    @Test
    @Tag("long")
    void requestWithExceptionsCannotBeRetriedOnceItIsErased() throws Exception {
        try (ExportStory story = ExportStory.of(
                io.dsrbroker.simulator.Estate.generate(SPEC, SUBJECT, ExportStory.OTHER),
                Map.of("dsr.retention.package", "1s", "dsr.housekeeping.every", "200ms"))) {
            ObjectNode request = ExportStory.request();
            request.remove("secrets");
            request.withArray("/targets").addObject().put("kind", "gallery-author");
            String id = story.portal().submit(request.toString());
            assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(number(story, "select count(*) from job where erased_at is not null"))
                                    .isEqualTo(1));
            Portal.Answer retried = story.portal().post("/requests/" + id + "/retry", "");
            assertThat(retried.status()).as(retried.body()).isEqualTo(410);
            assertThat(retried.json().get("type").asString()).isEqualTo("/problems/request-erased");
        }
    }

    @Test
    void secretsAreDestroyedAsSoonAsTheGalleryPartHasEnded() throws Exception {
        try (ExportStory story = ExportStory.of(
                io.dsrbroker.simulator.Estate.generate(SPEC, SUBJECT, ExportStory.OTHER),
                Map.of("dsr.housekeeping.every", "200ms"))) {
            ObjectNode request = ExportStory.request();
            story.azure().estate().places().forEach(place -> ExportStory.with(request, place, target -> {}));
            String id = story.portal().submit(request.toString());
            // Things of unknown owner keep the request open; the Gallery's part ends all the same.
            story.until(id, view -> view.at("/counts/byState/NEEDS_ACTION").asInt(0) > 0);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(number(story, "select count(*) from job where secrets is null"))
                            .isEqualTo(1));
            assertThat(story.portal()
                            .get("/requests/" + id)
                            .json()
                            .get("finishedAt")
                            .isNull())
                    .isTrue();
            assertThat(audit(story, id)).contains("\"secrets-destroyed\"");
            assertThat(story.tasks(id, "type=gallery-entity&state=EXPORTED")).isNotEmpty();
        }
    }

    @Test
    @Tag("long")
    void rotatedKeyEncryptionKeyLeavesOldPackagesAsTheyAre() throws Exception {
        Path keyset = Files.createTempDirectory("dsr-rotation").resolve("keyset.json");
        try (ExportStory story = ExportStory.of(
                io.dsrbroker.simulator.Estate.generate(SPEC, SUBJECT, ExportStory.OTHER),
                Map.of("dsr.vault.keyset", "file:" + keyset, "dsr.housekeeping.every", "200ms"))) {
            String id = submit(story);
            story.ended(id);
            Path zip = stored(story, id).stream()
                    .filter(file -> file.toString().endsWith(".zip"))
                    .findFirst()
                    .orElseThrow();
            String sealed = Digests.hex(Files.readAllBytes(zip));
            Path first = story.store().resolve("first.zip");
            assertThat(story.portal().download("/requests/" + id + "/package", first))
                    .isEqualTo(200);

            String sealedKeys = "select count(*) from data_key";
            String before = keks(story).getFirst();
            command(io.dsrbroker.vault.VaultKeys.add(), keyset);
            command(io.dsrbroker.vault.VaultKeys.use(), keyset);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(keks(story)).hasSize(1).doesNotContain(before));
            assertThat(number(story, sealedKeys)).isEqualTo(2);
            command(io.dsrbroker.vault.VaultKeys.remove(), keyset);

            assertThat(Digests.hex(Files.readAllBytes(zip))).isEqualTo(sealed);
            Path second = story.store().resolve("second.zip");
            assertThat(story.portal().download("/requests/" + id + "/package", second))
                    .isEqualTo(200);
            assertThat(second).hasSameBinaryContentAs(first);
            String next = submit(story);
            story.ended(next);
            assertThat(story.portal()
                            .download(
                                    "/requests/" + next + "/package",
                                    story.store().resolve("third.zip")))
                    .isEqualTo(200);
        }
    }
}
