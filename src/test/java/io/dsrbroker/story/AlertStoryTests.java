package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.helm.Alert;
import io.dsrbroker.helm.Alerts;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Fault;
import io.dsrbroker.simulator.Faults;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.SimulatorSettings.Async;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What each alert of the chart is for happens to a real broker, and the alert fires on what the broker tells of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AlertStoryTests {

    private static final String REASON = "{\"reason\": \"a test\"}";

    private final DeleteStory story = DeleteStory.of(
            Estate.generate(
                    EstateSpec.small()
                            .withHostingAccounts(8, 1, 1)
                            .withLabs(12, 1, 1)
                            .withRuns(1, 1, 1)
                            .withCompute(0, 0),
                    SUBJECT,
                    ExportStory.OTHER),
            Map.of(
                    "dsr.housekeeping.sample", "100ms",
                    "dsr.audit.checkpoint", "1d",
                    "dsr.callback.retry-schedule", "100ms",
                    "dsr.verify.patience", "2s",
                    "dsr.retry.base-delay", "50ms",
                    "dsr.retry.max-delay", "100ms"));

    @RegisterExtension
    private final Alarm alarm = new Alarm(() -> List.of(story.broker().managementUrl()));

    /** Every lane is there. */
    @BeforeAll
    void lanesAreKnown() {
        ObjectNode request = export(story.lab());
        ExportStory.with(request, story.hosting(), target -> target.put("select", "ALL"));
        ExportStory.with(request, gallery(), target -> {});
        assertThat(story.ended(submitted(request)).get("stage").asString()).isEqualTo("COMPLETED");
    }

    @AfterEach
    void asBefore() {
        story.settings().faults = Faults.none();
        story.settings().asyncDeletes.clear();
        story.settings().operationOrigin = null;
    }

    @AfterAll
    void close() {
        story.close();
    }

    private Place gallery() {
        return story.azure().estate().places().stream()
                .filter(place -> place.kind() == Place.Kind.GALLERY_AUTHOR)
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode export(Place place) {
        return ExportStory.with(
                ExportStory.request(),
                place,
                target -> target.put("select", "ALL").put("unknownOwner", "INCLUDE"));
    }

    private String submitted(ObjectNode request) {
        return story.portal().submit(request.toString());
    }

    /** A request that waits for its approval. */
    private String open(String name) {
        return story.planned(DeleteStory.all(DeleteStory.somebody(name), story.lab()));
    }

    private void cancel(String id) {
        assertThat(story.post(id, "cancellation", REASON).status()).isBetween(200, 202);
    }

    private void lane(String lane, String action) {
        assertThat(story.portal().post("/lanes/" + lane + "/" + action, REASON).status())
                .isEqualTo(200);
    }

    /** The name of the lane in this state. */
    private String lane(String state) {
        return story.portal()
                .get("/lanes?limit=500")
                .json()
                .get("items")
                .valueStream()
                .filter(lane -> lane.get("state").asString().equals(state))
                .map(lane -> lane.get("lane").asString())
                .findFirst()
                .orElseThrow();
    }

    private void waitsOn(String id, String lane) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> number("select count(*) from task where job_id = '%s' and lane = '%s' and state = 'READY'"
                                .formatted(id, lane))
                        > 0);
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = story.database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The lane of the resource manager, which every account needs. */
    private static String arm() {
        return "arm:" + Estate.SUBSCRIPTION;
    }

    /** A new alert needs a test that brings about what it is for. */
    @Test
    void everyAlertIsBroughtAbout() {
        assertThat(Alerts.load())
                .extracting(Alert::name)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(AlertStoryTests.class, AlertReplicaTests.class, AlertProcessTests.class)
                                .flatMap(tests -> Arrays.stream(tests.getDeclaredMethods()))
                                .filter(method -> method.isAnnotationPresent(Test.class))
                                .map(method -> method.getAnnotation(Fires.class))
                                .filter(Objects::nonNull)
                                .map(Fires::value)
                                .toList());
    }

    @Test
    @Order(1)
    void brokerInOrderFiresNone() {
        // What is free on the disk of whoever runs this is not the broker's fault.
        assertThat(alarm.firing()).isSubsetOf("DsrBrokerStoreNearlyFull");
    }

    @Test
    @Fires("DsrBrokerRequestsOverdue")
    void requestIsNotDoneByItsDay() {
        String id = open("Overdue");
        alarm.isQuiet();
        story.database().tamper("update job set due_at = now() - interval '1 hour' where id = '" + id + "'");
        alarm.fires();
        cancel(id);
    }

    @Test
    @Fires("DsrBrokerRequestsDueSoon")
    void requestIsDueTheDayAfterTomorrow() {
        String id = open("Soon");
        alarm.isQuiet();
        story.database().tamper("update job set due_at = now() + interval '50 hours' where id = '" + id + "'");
        alarm.fires();
        cancel(id);
    }

    @Test
    @Fires("DsrBrokerLanePaused")
    void personPausesLane() {
        alarm.isQuiet();
        lane("gallery-catalog", "pause");
        alarm.fires("lane", "gallery-catalog");
        lane("gallery-catalog", "resume");
    }

    @Test
    @Fires("DsrBrokerLaneBroken")
    void upstreamFailsAgainAndAgain() {
        alarm.isQuiet();
        story.settings().faults = Faults.always(
                Fault.error(500, "InternalServerError"),
                request -> request.upstream().equals("model-management"));
        String id = submitted(export(story.hosting()));
        alarm.fires();
        story.settings().faults = Faults.none();
        cancel(id);
        lane(lane("BROKEN"), "resume");
    }

    @Test
    @Fires("DsrBrokerLaneThrottled")
    void upstreamAsksForLess() {
        alarm.isQuiet();
        throttled();
        alarm.fires("lane", arm());
    }

    /** Hours are not waited for: the task was made longer ago. */
    @Test
    @Fires("DsrBrokerBacklogOld")
    void workWaits() {
        throttled();
        String id = submitted(export(story.lab()));
        waitsOn(id, arm());
        alarm.isQuiet();
        story.database()
                .tamper("update task set created_at = created_at - interval '7 hours' where job_id = '" + id + "'");
        alarm.fires("upstream", "arm");
        cancel(id);
    }

    /** For some seconds; nobody can end that sooner. */
    private void throttled() {
        story.settings().faults =
                Faults.always(Fault.throttled(5), request -> request.upstream().equals("arm"));
        String id = submitted(export(story.lab()));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        number("select count(*) from lane where pause_reason = 'THROTTLED' and paused_until > now()")
                                == 1);
        story.settings().faults = Faults.none();
        cancel(id);
    }

    @Test
    @Fires("DsrBrokerNeedsAction")
    void nobodyKnowsWhoseItIs() {
        alarm.isQuiet();
        String id = submitted(ExportStory.with(ExportStory.request(), story.hosting(), target -> {}));
        alarm.fires("reason", "OWNER_UNKNOWN");
        cancel(id);
    }

    /** Before others bring about the same by the way. */
    @Test
    @Order(2)
    @Fires("DsrBrokerUnverified")
    void whatWasDeletedIsStillShown() {
        Place hosting = story.hosting();
        alarm.isQuiet();
        story.settings().faults =
                Faults.always(Fault.answer(200, Map.of(), ""), request -> DeleteStory.isDelete(request, 6));
        String id = story.done(DeleteStory.all(DeleteStory.somebody("Shown"), hosting));
        assertThat(story.stageOf(id)).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        alarm.fires();
    }

    @Test
    @Fires("DsrBrokerExceptions")
    void requestsEndWithExceptions() {
        alarm.isQuiet();
        ObjectNode request = ExportStory.with(ExportStory.request(), gallery(), target -> {});
        request.remove("secrets");
        assertThat(story.ended(submitted(request)).get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        alarm.fires("state", "INCOMPLETE");
        story.settings().asyncDeletes.put(13, new Async(Duration.ofSeconds(1), false, true, 1));
        story.settings().operationOrigin = "http://127.0.0.1:9";
        String id = story.done(DeleteStory.all(DeleteStory.somebody("Hostile"), story.lab()));
        assertThat(story.stageOf(id)).isNotEqualTo("COMPLETED");
        alarm.fires("state", "FAILED");
    }

    /** That four replicas have died of it before is only written down; of the fifth its claim is left. */
    @Test
    @Fires("DsrBrokerTaskPoisoned")
    void taskKillsReplicas() {
        alarm.isQuiet();
        lane("gallery-catalog", "pause");
        Awaitility.await()
                .until(() -> number(
                                "select count(*) from scheduled_tasks where task_instance = 'gallery-catalog' and picked")
                        == 0);
        String id = submitted(ExportStory.with(ExportStory.request(), gallery(), target -> {}));
        waitsOn(id, "gallery-catalog");
        story.database().tamper("""
                with suspect as (
                    update task set crashes = 4 where job_id = '%s' and lane = 'gallery-catalog' and state = 'READY'
                    returning job_id, id
                )
                insert into lane_claim (lane, holder, jobs, tasks, alone)
                select 'gallery-catalog', '%s', array_agg(job_id), array_agg(id), true from suspect
                on conflict (lane) do update
                set holder = excluded.holder, jobs = excluded.jobs, tasks = excluded.tasks, alone = excluded.alone
                """.formatted(id, UUID.randomUUID()));
        lane("gallery-catalog", "resume");
        alarm.fires();
        Awaitility.await()
                .alias("it goes on while somebody has to act")
                .until(() -> story.broker().scrape().sum("dsr_tasks_needs_action", "reason", "QUARANTINED") > 0);
        assertThat(story.broker().scrape().sum("dsr_tasks_poisoned_total")).isPositive();
        cancel(id);
    }

    @Test
    @Fires("DsrBrokerCallbacksFailed")
    void portalIsGone() {
        alarm.isQuiet();
        String id = submitted(ExportStory.with(ExportStory.request(), gallery(), target -> {})
                .put("callbackUrl", "http://127.0.0.1:1/hook"));
        story.ended(id);
        alarm.fires();
    }

    @Test
    @Fires("DsrBrokerVaultFailures")
    void whatIsSealedCannotBeOpened() throws SQLException {
        lane(arm(), "pause");
        String id = submitted(export(story.lab()));
        waitsOn(id, arm());
        alarm.isQuiet();
        story.database().tamper("update container set place = '\\x00'::bytea || place where job_id = '" + id + "'");
        assertThat(number("select count(*) from container where job_id = '" + id + "'"))
                .isPositive();
        lane(arm(), "resume");
        alarm.fires("operation", "open");
        story.database().tamper("update container set place = substring(place from 2) where job_id = '" + id + "'");
        cancel(id);
    }

    @Test
    @Fires("DsrBrokerAuditBroken")
    void somebodyChangesTheAuditTrail() {
        String id = open("Changed");
        assertThat(intact()).isTrue();
        alarm.isQuiet();
        story.database().tamper(moved(id, "+ interval '1 second'"));
        assertThat(intact()).isFalse();
        alarm.fires();
        story.database().tamper(moved(id, "- interval '1 second'"));
        assertThat(intact()).isTrue();
        cancel(id);
    }

    private static String moved(String id, String by) {
        return "update audit_entry set at = at " + by + " where seq = 1 and job_id = '" + id + "'";
    }

    private boolean intact() {
        JsonNode report = story.portal().get("/audit/verification").json();
        return report.get("intact").asBoolean();
    }

    /** Signing is as seldom as can be, and so that no hour is waited for what waits is older. */
    @Test
    @Fires("DsrBrokerCheckpointsUnsigned")
    void auditTrailIsNotSigned() {
        String id = open("Unsigned");
        alarm.isQuiet();
        story.database().tamper("""
                create table kept_checkpoint as select * from audit_checkpoint;
                delete from audit_checkpoint;
                create table kept_entry as
                    select e.* from audit_entry e join audit_pending p on p.chain = e.job_id and p.seq = e.seq;
                update audit_entry e set at = e.at - interval '61 minutes'
                from audit_pending p where p.chain = e.job_id and p.seq = e.seq
                """);
        alarm.fires();
        story.database().tamper("""
                update audit_entry e set at = k.at from kept_entry k where k.job_id = e.job_id and k.seq = e.seq;
                insert into audit_checkpoint select * from kept_checkpoint;
                drop table kept_checkpoint, kept_entry
                """);
        assertThat(intact()).isTrue();
        cancel(id);
    }

    @Test
    @Fires("DsrBrokerDeadTuples")
    void tableIsNotVacuumed() throws SQLException {
        alarm.isQuiet();
        try (Connection connection = story.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("alter table scheduled_tasks set (autovacuum_enabled = false)");
            statement.execute("""
                    insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                    select 'dead', i, now() + interval '1 year', false, 1 from generate_series(1, 100001) i
                    """);
            statement.execute("delete from scheduled_tasks where task_name = 'dead'");
        }
        alarm.fires("table", "scheduled_tasks");
        try (Connection connection = story.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum scheduled_tasks");
        }
    }

    /** No disk is filled: the threshold comes to what is free instead. */
    @Test
    @Fires("DsrBrokerStoreNearlyFull")
    void storeHasLittleRoomLeft() {
        double free = story.broker().scrape().value("dsr_store_free_bytes").orElseThrow();
        String threshold = "10737418240";
        String below = String.valueOf((long) (free / 2));
        alarm.insteadOf(threshold, below);
        alarm.isQuiet();
        alarm.insteadOf(below, String.valueOf((long) (free * 2)));
        alarm.fires();
    }
}
