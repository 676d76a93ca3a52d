package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.job.Archive;
import io.dsrbroker.shared.JobId;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Fault;
import io.dsrbroker.simulator.Faults;
import io.dsrbroker.simulator.ListFamily;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Portal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Requests whose tasks were archived: nobody notices, and what did not end good can still be tried again. */
class ArchivedRequestTests {

    private static final EstateSpec SPEC = EstateSpec.small()
            .withHostingAccounts(0, 0, 0)
            .withLabs(1, 1, 1)
            .withRuns(6, 1, 2)
            .withCompute(0, 0);
    private static final Map<String, String> QUICK = Map.of("dsr.retry.base-delay", "50ms", "dsr.retry.give-up", "2s");

    private static Estate estate() {
        return Estate.generate(SPEC, SUBJECT, ExportStory.OTHER);
    }

    private static long number(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static long hot(Database database, String id) throws SQLException {
        return number(database, "select count(*) from task where job_id = '" + id + "'");
    }

    private static long archived(Database database, String id) throws SQLException {
        return number(database, "select count(*) from task_archive where job_id = '" + id + "'");
    }

    /** Archives a request as housekeeping would long after its end. */
    private static void archive(Broker broker, Database database, String id) throws SQLException {
        long tasks = hot(database, id);
        assertThat(tasks).isPositive();
        assertThat(broker.bean(Archive.class).move(new JobId(UUID.fromString(id)), Duration.ZERO))
                .isEqualTo((int) tasks);
        assertThat(hot(database, id)).isZero();
        assertThat(archived(database, id)).isEqualTo(tasks);
    }

    /** What the API says of a request, by path; what would say when it was asked is left out. */
    private static Map<String, String> everything(Portal portal, String id) {
        Map<String, String> answers = new TreeMap<>();
        List<String> paths = new ArrayList<>(List.of(
                "",
                "/receipt",
                "/audit?limit=500",
                "/callbacks",
                "/plan?limit=500",
                "/resources?limit=500",
                "/resources?limit=3",
                "/resources?kind=DISCOVER",
                "/resources?state=FAILED,SKIPPED,INCOMPLETE",
                "/resources?type=run",
                "/resources?target=nothing"));
        JsonNode tasks = portal.get("/requests/" + id + "/resources?limit=500").json();
        assertThat(tasks.get("items").size()).isGreaterThan(5);
        tasks.get("items")
                .forEach(task -> paths.add("/resources/" + task.get("taskId").asString()));
        paths.add("/resources?limit=3&cursor="
                + portal.get("/requests/" + id + "/resources?limit=3")
                        .json()
                        .get("next")
                        .asString());
        for (String path : paths) {
            Portal.Answer answer = portal.get("/requests/" + id + path);
            answers.put(
                    path,
                    answer.status() + " "
                            + answer.raw().headers().firstValue("ETag").orElse("") + " "
                            // A problem has a name of its own each time.
                            + (answer.status() < 400 ? answer.body() : ""));
        }
        answers.put("all", portal.get("/requests").body());
        return answers;
    }

    private static void breakOneRun(ExportStory story) {
        story.azure().settings().faults = Faults.always(
                Fault.error(500, "Broken"), request -> request.target().endsWith("/runs/run-1"));
    }

    private static String exportWithAnException(ExportStory story) {
        Place project = story.azure().estate().projects().getFirst();
        breakOneRun(story);
        String id = story.portal()
                .submit(ExportStory.with(ExportStory.request(), project, target -> target.put("select", "ALL"))
                        .toString());
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        return id;
    }

    private static boolean intact(Portal portal) {
        return portal.get("/audit/verification").json().get("intact").asBoolean();
    }

    @Test
    void archivedExportAnswersAsBeforeAndCanBeTriedAgain() throws Exception {
        try (ExportStory story = ExportStory.of(estate(), QUICK)) {
            String id = exportWithAnException(story);
            Map<String, String> before = everything(story.portal(), id);

            archive(story.broker(), story.database(), id);

            assertThat(everything(story.portal(), id)).isEqualTo(before);
            assertThat(intact(story.portal())).isTrue();
            assertThat(story.portal()
                            .download(
                                    "/requests/" + id + "/package",
                                    story.store().resolve("archived.zip")))
                    .isEqualTo(200);
            long tasks = archived(story.database(), id);
            String failed =
                    story.tasks(id, "state=FAILED").getFirst().get("taskId").asString();
            String exported =
                    story.tasks(id, "state=EXPORTED").getFirst().get("taskId").asString();
            String requests = "/requests/" + id;
            assertThat(story.portal()
                            .post(requests + "/resources/" + exported + "/retry", "")
                            .status())
                    .isEqualTo(409);
            assertThat(story.portal()
                            .post(requests + "/resources/" + UUID.randomUUID() + "/retry", "")
                            .status())
                    .isEqualTo(404);
            assertThat(hot(story.database(), id))
                    .as("nothing comes back for these")
                    .isZero();

            story.azure().settings().faults = Faults.none();
            assertThat(story.portal()
                            .post(requests + "/resources/" + failed + "/retry", "")
                            .status())
                    .isEqualTo(202);

            assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
            assertThat(archived(story.database(), id)).isZero();
            assertThat(hot(story.database(), id))
                    .as("what the run gave birth to is new, and nothing is there twice")
                    .isGreaterThanOrEqualTo(tasks);
            assertThat(number(story.database(), "select count(*) - count(distinct id) from every_task"))
                    .isZero();
            assertThat(intact(story.portal())).isTrue();
            Map<String, String> after = everything(story.portal(), id);
            archive(story.broker(), story.database(), id);
            assertThat(everything(story.portal(), id)).isEqualTo(after);
        }
    }

    /** A list that is read again gives birth to what is there already. */
    @Test
    @Tag("long")
    void listThatIsReadAgainBearsNothingTwice() throws Exception {
        try (ExportStory story = ExportStory.of(estate(), QUICK)) {
            Place project = story.azure().estate().projects().getFirst();
            story.azure().settings().pageSizes.put(ListFamily.RUNS, 2);
            story.azure().settings().faults = Faults.always(
                    Fault.error(500, "Broken"),
                    request -> request.row() == 30 && request.target().contains("continuationtoken"));
            String id = story.portal()
                    .submit(ExportStory.with(ExportStory.request(), project, target -> target.put("select", "ALL"))
                            .toString());
            assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
            long born = story.tasks(id, "type=run").size();
            archive(story.broker(), story.database(), id);
            story.azure().settings().faults = Faults.none();
            assertThat(story.portal().post("/requests/" + id + "/retry", "").status())
                    .isEqualTo(202);
            assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
            List<String> keys = story.tasks(id, "type=run").stream()
                    .map(run -> run.get("key").asString())
                    .toList();
            assertThat(keys).doesNotHaveDuplicates().hasSizeGreaterThan((int) born);
        }
    }

    @Test
    @Tag("long")
    void archivedDeleteAnswersAsBeforeAndDeletesTheRestWhenTriedAgain() throws Exception {
        try (DeleteStory story = DeleteStory.of(estate(), Map.of("dsr.retry.give-up", "2s"))) {
            Place lab = story.lab();
            String project = story.projects(lab).getFirst().project();
            story.settings().faults = Faults.always(
                    Fault.error(500, "Broken"),
                    request -> request.method().equals("DELETE")
                            && request.target().contains("/projects/" + project));
            String id = story.done(DeleteStory.all(SUBJECT, lab));
            Map<String, String> before = everything(story.portal(), id);
            assertThat(before.get("")).contains("\"stage\":\"FAILED\"");

            archive(story.broker(), story.database(), id);

            assertThat(everything(story.portal(), id)).isEqualTo(before);
            assertThat(intact(story.portal())).isTrue();
            story.settings().faults = Faults.none();
            assertThat(story.post(id, "retry", "").status()).isEqualTo(202);
            Portal.Answer another = story.portal()
                    .post("/requests", DeleteStory.all(SUBJECT, lab).toString());
            assertThat(another.status())
                    .as("of the same person: " + another.body())
                    .isEqualTo(409);
            assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
            assertThat(story.projects(lab)).isEmpty();
            assertThat(archived(story.database(), id)).isZero();
            assertThat(intact(story.portal())).isTrue();
        }
    }

    @Test
    @Tag("long")
    void archivedRequestIsErasedWhenItsTimeIsOver() throws Exception {
        try (ExportStory story = ExportStory.of(
                estate(),
                Map.of(
                        "dsr.retry.base-delay", "50ms",
                        "dsr.retry.give-up", "2s",
                        "dsr.retention.package", "15s",
                        "dsr.housekeeping.archive-after", "100ms",
                        "dsr.housekeeping.every", "200ms"))) {
            String id = exportWithAnException(story);
            await(story.database(), "select count(*) from job where archived_at is not null and erased_at is null");
            assertThat(hot(story.database(), id)).isZero();
            assertThat(story.tasks(id, "type=run"))
                    .isNotEmpty()
                    .allSatisfy(run -> assertThat(run.get("key").isNull()).isFalse());
            try (Connection connection = story.database().connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("update task_archive set cursor = 'sealed'");
            }

            await(story.database(), "select count(*) from job where swept");

            assertThat(number(story.database(), "select count(*) from every_task where cursor is not null"))
                    .isZero();
            assertThat(story.tasks(id, "type=run"))
                    .isNotEmpty()
                    .allSatisfy(run -> assertThat(run.get("key").isNull()).isTrue());
            assertThat(story.portal()
                            .get("/requests/" + id)
                            .json()
                            .get("exceptionCount")
                            .asInt())
                    .isEqualTo(1);
            assertThat(story.portal().get("/requests/" + id + "/receipt").status())
                    .isEqualTo(200);
            assertThat(story.portal().post("/requests/" + id + "/retry", "").status())
                    .isEqualTo(410);
            assertThat(hot(story.database(), id)).isZero();
            assertThat(intact(story.portal())).isTrue();
        }
    }

    private static void await(Database database, String sql) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(number(database, sql)).isEqualTo(1));
    }
}
