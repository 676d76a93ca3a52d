package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import io.dsrbroker.support.RestartablePostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The alerts of two replicas and their database. The three minutes after which a sample is old are not waited for: some
 * seconds stand in their place.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledIfSystemProperty(
        named = "dsr.test.database",
        matches = "testcontainers",
        disabledReason = "It needs the binaries of the embedded PostgreSQL")
@Tag("long")
class AlertReplicaTests {

    private static final int CONNECTIONS = 3;
    private static final int PROBES = 30;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Issuer issuer = new Issuer();
    private final AzureSimulator azure =
            AzureSimulator.start(Estate.generate(EstateSpec.galleryOnly(), ExportStory.SUBJECT));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private RestartablePostgres postgres;

    /** Has few connections. */
    @SuppressWarnings("NullAway.Init")
    private Broker narrow;

    @SuppressWarnings("NullAway.Init")
    private Broker wide;

    @RegisterExtension
    private final Alarm alarm = new Alarm(() -> List.of(narrow.managementUrl(), wide.managementUrl()));

    @BeforeAll
    void start() throws IOException {
        postgres = new RestartablePostgres(Files.createDirectory(folder.resolve("postgres")));
        narrow = broker(Map.of("spring.datasource.hikari.maximum-pool-size", String.valueOf(CONNECTIONS)));
        wide = broker(Map.of());
    }

    private Broker broker(Map<String, String> more) {
        Map<String, String> settings = new TreeMap<>(more);
        settings.put("dsr.housekeeping.sample", "200ms");
        return Broker.start(postgres.database(), azure, issuer, folder.resolve("store"), settings);
    }

    @AfterAll
    void close() {
        wide.close();
        narrow.close();
        postgres.close();
        issuer.close();
        azure.close();
    }

    private Portal portal() {
        return narrow.portal("privacy-desk", Issuer.ALL_SCOPES);
    }

    /** All connections of one replica are in use, by calls that wait for a lock, until it is closed. */
    private final class Jam implements AutoCloseable {

        private final Connection lock;
        private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

        Jam() throws SQLException {
            lock = postgres.database().connect();
            lock.setAutoCommit(false);
            try (Statement statement = lock.createStatement()) {
                statement.execute("lock table registered_target in access exclusive mode");
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                call();
            }
        }

        void call() {
            callers.execute(() -> portal().get("/targets"));
        }

        @Override
        public void close() throws SQLException {
            lock.rollback();
            lock.close();
            callers.close();
        }
    }

    @Test
    @Fires("DsrBrokerConnectionPoolExhausted")
    void callsWaitForConnections() throws SQLException {
        alarm.isQuiet();
        try (Jam jam = new Jam()) {
            alarm.fires(jam::call, "instance", "replica-0");
        }
    }

    @Test
    @Fires("DsrBrokerSampleStale")
    void oneReplicaDoesNotReadTheDatabase() throws SQLException {
        alarm.insteadOf("180", "8");
        alarm.isQuiet();
        try (Jam jam = new Jam()) {
            alarm.fires(jam::call);
        }
    }

    @Test
    @Fires("DsrBrokerDatabaseUnreachable")
    void noReplicaReachesTheDatabase() {
        alarm.insteadOf("180", "8");
        alarm.isQuiet();
        postgres.stop();
        try {
            alarm.fires();
        } finally {
            postgres.start();
        }
    }

    /** However often it is asked whether it lives: the management port is not counted among the calls. */
    @Test
    @Fires("DsrBrokerServerErrors")
    void callsFail() {
        assertThat(portal().get("/requests").status()).isEqualTo(200);
        alarm.isQuiet();
        postgres.stop();
        try {
            alarm.fires(() -> {
                assertThat(portal().get("/requests").status()).isEqualTo(503);
                for (int i = 0; i < PROBES; i++) {
                    assertThat(liveness()).isEqualTo(200);
                }
            });
        } finally {
            postgres.start();
        }
    }

    private int liveness() {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(narrow.managementUrl() + "/actuator/health/liveness"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
