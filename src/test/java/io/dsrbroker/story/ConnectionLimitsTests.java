package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No connection of a broker may hold up others for long; a migration may take its time. */
@Tag("long")
class ConnectionLimitsTests {

    @TempDir
    private Path folder = Path.of(".");

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static List<DataSource> pools(Broker broker) {
        DataSource main = broker.bean(DataSource.class);
        DataSource scheduler =
                broker.bean(DbSchedulerCustomizer.class).dataSource().orElseThrow();
        assertThat(scheduler).isNotSameAs(main);
        return List.of(main, scheduler);
    }

    @Test
    void everyConnectionIsLimitedAndOneThatRestsInATransactionIsEnded() throws Exception {
        Database database = Database.fresh();
        try (AzureSimulator azure = AzureSimulator.start(
                        Estate.generate(EstateSpec.small(), ExportStory.SUBJECT, ExportStory.OTHER));
                Issuer issuer = new Issuer();
                Broker broker = Broker.start(database, azure, issuer, folder, Map.of());
                Connection owner = database.connect()) {
            for (DataSource pool : pools(broker)) {
                try (Connection connection = pool.getConnection()) {
                    assertThat(ask(connection, "show idle_in_transaction_session_timeout"))
                            .isEqualTo("5s");
                    assertThat(ask(connection, "show lock_timeout")).isEqualTo("30s");
                    assertThat(ask(connection, "show statement_timeout")).isEqualTo("5min");
                }
                Connection frozen = pool.getConnection();
                frozen.setAutoCommit(false);
                String session = ask(frozen, "select pg_backend_pid()");
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> ask(owner, "select count(*) from pg_stat_activity where pid = " + session)
                                .equals("0"));
                assertThatThrownBy(frozen::close).hasMessageContaining("idle-in-transaction timeout");
                try (Connection next = pool.getConnection()) {
                    assertThat(ask(next, "select 1")).isEqualTo("1");
                }
            }
        }
    }

    /** With one role for everything Flyway would take its connections from the pool. */
    @Test
    void migrationThatTakesLongIsNotEnded() throws Exception {
        Database database = Database.fresh();
        Path migrations = Files.createDirectory(folder.resolve("migrations"));
        Files.writeString(migrations.resolve("V9999__slow.sql"), "select pg_sleep(7);");
        Files.writeString(
                migrations.resolve("V10000__told.sql"),
                "create table told as select current_setting('statement_timeout') as limit_of_statements;");
        try (AzureSimulator azure = AzureSimulator.start(
                        Estate.generate(EstateSpec.small(), ExportStory.SUBJECT, ExportStory.OTHER));
                Issuer issuer = new Issuer()) {
            Map<String, String> settings =
                    new HashMap<>(Broker.settings(database, azure, issuer, folder.resolve("store")));
            settings.put("spring.datasource.username", settings.remove("spring.flyway.user"));
            settings.put("spring.datasource.password", settings.remove("spring.flyway.password"));
            settings.put("spring.flyway.locations", "classpath:db/migration,filesystem:" + migrations);
            try (Broker broker = Broker.run(database, issuer, settings);
                    Connection owner = database.connect()) {
                assertThat(broker.url()).isNotEmpty();
                assertThat(ask(owner, "select limit_of_statements from told")).isEqualTo("0");
            }
        }
    }
}
