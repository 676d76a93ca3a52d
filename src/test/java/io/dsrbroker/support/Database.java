package io.dsrbroker.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A fresh database: in an embedded PostgreSQL that all tests of this JVM share, or in a container of its own where the
 * system property {@code dsr.test.database} says {@code testcontainers}.
 */
public final class Database {

    private static final String APPLICATION = "dsr_application";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Deque<Runnable> BEFORE_STOP = new ConcurrentLinkedDeque<>();
    private static final Map<Boolean, EmbeddedPostgres> EMBEDDED = new ConcurrentHashMap<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Database::stop));
    }

    private final String url;
    private final String user;
    private final String password;
    private final @Nullable PostgreSQLContainer container;

    private final Path keys = folder();

    private Database(String url, String user, String password, @Nullable PostgreSQLContainer container) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.container = container;
        createApplicationRole();
    }

    /** A database without tables. */
    public static Database fresh() {
        return "testcontainers".equals(System.getProperty("dsr.test.database")) ? contained() : embedded(false);
    }

    /** The same in an embedded PostgreSQL that keeps what it committed even when the machine fails; to measure with. */
    public static Database durable() {
        return embedded(true);
    }

    /** One that runs already. */
    static Database at(String url, String user, String password) {
        return new Database(url, user, password, null);
    }

    /** Spring Boot closes a container with each broker that it connects; this one outlives them all. */
    private static Database contained() {
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:18") {
            @Override
            public void close() {}
        };
        container.start();
        return new Database(container.getJdbcUrl(), container.getUsername(), container.getPassword(), container);
    }

    private static synchronized Database embedded(boolean durable) {
        EmbeddedPostgres embedded = EMBEDDED.computeIfAbsent(durable, Database::started);
        String name = "dsr_" + NUMBER.incrementAndGet();
        String prefix = "jdbc:postgresql://localhost:" + embedded.getPort() + "/";
        try (Connection connection = DriverManager.getConnection(prefix + "postgres", "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create a database", e);
        }
        return new Database(prefix + name, "postgres", "postgres", null);
    }

    /** In a time zone that is not UTC, so that a forgotten zone shows. */
    private static EmbeddedPostgres started(boolean durable) {
        String sync = durable ? "on" : "off";
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", sync)
                    .setServerConfig("synchronous_commit", sync)
                    .setServerConfig("timezone", "Pacific/Auckland")
                    .setServerConfig("max_connections", "300")
                    .setServerConfig("scram_iterations", "1")
                    .setServerConfig("hba_file", passwords().toString())
                    .setRegisterShutdownHook(false)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who may connect: the one who owns the server, and whoever knows their password. */
    private static Path passwords() throws IOException {
        Path file = folder().resolve("pg_hba.conf");
        return Files.writeString(file, """
                host all postgres all trust
                host all all all scram-sha-256
                """);
    }

    /** Does this when the JVM ends, while the database still runs. */
    public static void beforeStop(Runnable action) {
        BEFORE_STOP.push(action);
    }

    private static void stop() {
        BEFORE_STOP.forEach(Runnable::run);
        try {
            for (EmbeddedPostgres embedded : EMBEDDED.values()) {
                embedded.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Under which the broker works; the tables belong to another, who migrates. */
    private void createApplicationRole() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    do $$ begin
                        perform pg_advisory_xact_lock(1);
                        if not exists (select from pg_roles where rolname = 'dsr_application') then
                            create role dsr_application login password 'application';
                        end if;
                    end $$""");
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create the role of the application", e);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("dsr-keys");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings by which a broker finds it, and the keys that go with it; migrated as its owner, used as another. */
    public Map<String, String> settings() {
        return Map.of(
                "spring.datasource.url", url,
                "spring.datasource.username", APPLICATION,
                "spring.datasource.password", "application",
                "spring.flyway.user", user,
                "spring.flyway.password", password,
                "dsr.receipt.keyset", keys.resolve("receipt-keyset.json").toString(),
                "dsr.vault.keyset", "file:" + Keysets.VAULT);
    }

    /** Connects as its owner, once all its tables are there; for tests without Spring. */
    public DriverManagerDataSource migrated() {
        DriverManagerDataSource owner = new DriverManagerDataSource(url, user, password);
        Flyway.configure()
                .dataSource(owner)
                .placeholders(Map.of("application-role", APPLICATION))
                .load()
                .migrate();
        return owner;
    }

    /** Its container, where it has one. */
    Optional<PostgreSQLContainer> container() {
        return Optional.ofNullable(container);
    }

    /** Changes it as somebody who owns the server, past every trigger. */
    public void tamper(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Could not tamper with the database", e);
        }
    }

    /** A connection to it as its owner, who may do everything. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }
}
