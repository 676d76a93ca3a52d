package io.dsrbroker.story;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Fault;
import io.dsrbroker.simulator.Faults;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.BrokerProcess;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The alerts of replicas that come and go: the life of two, in order. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AlertProcessTests {

    private static final Map<String, String> QUICK =
            Map.of("dsr.lanes.heartbeat", "300ms", "dsr.lanes.poll", "200ms", "dsr.housekeeping.sample", "200ms");

    private final Issuer issuer = new Issuer();
    private final Database database = Database.fresh();
    private final AzureSimulator azure = AzureSimulator.start(Estate.generate(
            EstateSpec.small().withHostingAccounts(1, 1, 1).withLabs(1, 1, 1).withRuns(1, 1, 1),
            ExportStory.SUBJECT,
            ExportStory.OTHER));
    private final int port = freePort();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private BrokerProcess doomed;

    private @Nullable Broker heir;
    private @Nullable String actuator;

    @RegisterExtension
    private final Alarm alarm = new Alarm(this::replicas);

    @BeforeAll
    void settle() {
        database.migrated();
        Map<String, String> settings = new HashMap<>(QUICK);
        settings.put("management.server.port", String.valueOf(port));
        doomed = new BrokerProcess(database, azure, issuer, folder, settings);
    }

    @AfterAll
    void close() {
        doomed.close();
        if (heir != null) {
            heir.close();
        }
        azure.close();
        issuer.close();
    }

    private List<String> replicas() {
        String first = "http://127.0.0.1:" + port;
        return actuator == null ? List.of(first) : List.of(first, actuator);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode request(Predicate<Place> wanted) {
        ObjectNode request = ExportStory.request();
        azure.estate().places().stream()
                .filter(wanted)
                .forEach(place -> ExportStory.with(request, place, target -> {
                    if (place.kind() != Place.Kind.GALLERY_AUTHOR) {
                        target.put("select", "ALL");
                    }
                }));
        return request;
    }

    private void execute(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Somebody else writes to the audit trail and does not end; the last step of the start waits for that. */
    @Test
    @Order(1)
    @Fires("DsrBrokerNotReady")
    void replicaDoesNotFinishStarting() throws IOException, SQLException {
        alarm.isQuiet();
        try (Connection lock = database.connect();
                Statement statement = lock.createStatement()) {
            statement.execute("select pg_advisory_lock(hashtext('dsr-broker audit'))");
            doomed.launch();
            alarm.fires();
        }
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(doomed::answers);
        alarm.isQuiet();
    }

    /**
     * One replica is killed in the middle of its work, and that is seen at once. For those that would have to die until
     * there are more than ten takeovers only the claims are written that they would leave behind.
     */
    @Test
    @Order(2)
    @Fires("DsrBrokerTakeovers")
    void replicasDie() throws SQLException, InterruptedException {
        azure.settings().faults = Faults.always(Fault.late(Duration.ofSeconds(10)), request -> true);
        doomed.portal("privacy-desk").submit(request(place -> true).toString());
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> number("select count(*) from lane_claim") > 0);
        Broker next = Broker.start(database, azure, issuer, folder.resolve("store"), QUICK);
        heir = next;
        actuator = next.managementUrl();
        alarm.isQuiet();
        alarm.insteadOf("> 10", "> 0");
        alarm.isQuiet();
        doomed.kill();
        azure.settings().faults = Faults.none();
        alarm.fires();
        alarm.insteadOf("> 0", "> 10");
        Portal portal = next.portal("privacy-desk", Issuer.ALL_SCOPES);
        alarm.fires(() -> anotherDied(portal));
    }

    /** While it worked for the Gallery, whose lane is then taken for the next request. */
    private void anotherDied(Portal portal) {
        String picked = "select count(*) from scheduled_tasks where task_instance = 'gallery-catalog' and picked";
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> number(picked) == 0);
        execute("""
                insert into lane_claim (lane, holder, jobs, tasks, alone)
                values ('gallery-catalog', gen_random_uuid()::text, '{}', '{}', false) on conflict (lane) do nothing
                """);
        String id = portal.submit(
                request(place -> place.kind() == Place.Kind.GALLERY_AUTHOR).toString());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        !portal.get("/requests/" + id).json().get("finishedAt").isNull());
    }

    @Test
    @Order(3)
    @Fires("DsrBrokerAbsent")
    void lastReplicaIsGone() {
        alarm.isQuiet();
        Objects.requireNonNull(heir).close();
        alarm.fires();
    }
}
