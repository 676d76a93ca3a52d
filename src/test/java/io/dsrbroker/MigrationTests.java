package io.dsrbroker;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.shared.Command;
import io.dsrbroker.support.Database;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The command that migrates the database before brokers start. */
@Isolated
@ExtendWith(OutputCaptureExtension.class)
class MigrationTests {

    private static final Set<String> KEPT =
            Set.of("audit_entry", "audit_checkpoint", "audit_checkpoint_head", "receipt");

    private final Database database = Database.fresh();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private String owner = "";

    /** What the command said, and how it ended. */
    private record Ran(int exit, String said) {}

    @BeforeEach
    void givenOwner() throws SQLException {
        String name = rows("select current_database()").getFirst();
        owner = "owner_of_" + name;
        execute("create role " + owner + " login password 'owner'");
        execute("alter database " + name + " owner to " + owner);
        settings.put(
                "spring.datasource.url", database.settings().getOrDefault("spring.datasource.url", "no such setting"));
        settings.put("spring.flyway.user", owner);
        settings.put("spring.flyway.password", "owner");
        settings.put("dsr.database.application-role", "dsr_application");
    }

    private Ran migrate() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of("migrate"));
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        int exit = Commands.run(arguments.toArray(String[]::new), new PrintStream(said, true, StandardCharsets.UTF_8))
                .orElseThrow();
        return new Ran(exit, said.toString(StandardCharsets.UTF_8));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    /** What the broker's role may do to each table. */
    private Map<String, Set<String>> grants() throws SQLException {
        Map<String, Set<String>> grants = new TreeMap<>();
        for (String table : rows("select tablename from pg_tables where schemaname = 'public'")) {
            grants.put(table, new TreeSet<>(rows("""
                    select p from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])
                        as t(p)
                    where has_table_privilege('dsr_application', '%s', p)""".formatted(table))));
        }
        return grants;
    }

    @Test
    void migratesAsTheOwnerAndGrantsTheBrokersRoleNoMoreThanItNeeds() throws SQLException {
        Ran ran = migrate();
        assertThat(ran.said())
                .contains("migrated to version ")
                .contains("1 jobs and tasks, 2 lanes")
                .contains(
                        "The tables belong to " + owner + "; dsr_application has what the broker needs, and no more.");
        assertThat(ran.exit()).isEqualTo(Command.OK);
        Map<String, Set<String>> grants = grants();
        assertThat(grants)
                .containsKeys("job", "task", "flyway_schema_history")
                .containsKeys(KEPT.toArray(String[]::new));
        grants.forEach((table, granted) -> assertThat(granted).as(table).isEqualTo(expected(table)));
        assertThat(rows("select distinct tableowner from pg_tables where schemaname = 'public'"))
                .containsExactly(owner);
        assertThat(rows("select has_schema_privilege('dsr_application', 'public', 'CREATE')"))
                .containsExactly("f");
        assertThat(rows("select pg_has_role('dsr_application', '" + owner + "', 'MEMBER')"))
                .containsExactly("f");
    }

    private static Set<String> expected(String table) {
        if (table.equals("flyway_schema_history")) {
            return Set.of();
        }
        return KEPT.contains(table) ? Set.of("SELECT", "INSERT") : Set.of("SELECT", "INSERT", "UPDATE", "DELETE");
    }

    @Test
    void secondTimeDoesNothing() throws SQLException {
        migrate();
        Map<String, Set<String>> before = grants();
        List<String> history = rows("select script || installed_on from flyway_schema_history order by installed_rank");
        Ran again = migrate();
        assertThat(again.said()).contains("already; there was nothing to migrate");
        assertThat(again.exit()).isEqualTo(Command.OK);
        assertThat(grants()).isEqualTo(before);
        assertThat(rows("select script || installed_on from flyway_schema_history order by installed_rank"))
                .isEqualTo(history);
    }

    @Test
    void wrongPasswordIsToldInOneLine(CapturedOutput log) throws SQLException {
        settings.put("spring.flyway.password", "wrong");
        Ran ran = migrate();
        assertThat(ran.exit()).isEqualTo(Command.INVALID);
        assertThat(ran.said())
                .startsWith("The database was not migrated: ")
                .contains("password authentication failed for user \"" + owner + "\"")
                .hasLineCount(1);
        assertThat(log.getAll()).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(rows("select tablename from pg_tables where schemaname = 'public'"))
                .isEmpty();
    }

    @Test
    void unreachableDatabaseIsToldWithoutItsAddress(CapturedOutput log) {
        settings.put("spring.datasource.url", "jdbc:postgresql://127.0.0.1:1/dsr?password=hidden&connectTimeout=5");
        Ran ran = migrate();
        assertThat(ran.exit()).isEqualTo(Command.INVALID);
        assertThat(ran.said()).contains("Connection to 127.0.0.1:1 refused").hasLineCount(1);
        assertThat(ran.said() + log.getAll()).doesNotContain("hidden").doesNotContain("\tat ");
    }

    @Test
    void unknownRoleOfTheBrokerIsTold() {
        settings.put("dsr.database.application-role", "nobody");
        Ran ran = migrate();
        assertThat(ran.exit()).isEqualTo(Command.INVALID);
        assertThat(ran.said()).contains("role \"nobody\" does not exist").hasLineCount(1);
    }

    @Test
    void missingUrlIsNamed(CapturedOutput log) {
        settings.remove("spring.datasource.url");
        Ran ran = migrate();
        assertThat(ran.exit()).isEqualTo(Command.INVALID);
        assertThat(ran.said())
                .isEqualToIgnoringNewLines("The database was not migrated: spring.datasource.url is not set");
        assertThat(log.getAll()).doesNotContain("\tat ");
    }

    @Test
    void oneRoleForEverythingGrantsNothingAndSaysSo() throws SQLException {
        settings.keySet().removeIf(name -> !name.equals("spring.datasource.url"));
        settings.put("spring.datasource.username", owner);
        settings.put("spring.datasource.password", "owner");
        Ran ran = migrate();
        assertThat(ran.exit()).isEqualTo(Command.OK);
        assertThat(ran.said()).contains("No role was granted anything");
        assertThat(grants().getOrDefault("job", Set.of("none"))).isEmpty();
    }

    @Test
    void migratesAlsoWhereTheBrokerItselfMustNot(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("application.yaml"), """
                spring:
                  flyway:
                    enabled: false
                    user: %s
                    password: owner
                """.formatted(owner));
        settings.remove("spring.flyway.user");
        settings.remove("spring.flyway.password");
        settings.put("spring.config.additional-location", "file:" + file.getParent() + "/");
        Ran ran = migrate();
        assertThat(ran.said()).contains("migrated to version ");
        assertThat(ran.exit()).isEqualTo(Command.OK);
    }

    /** As the chart's Job calls it: with variables alone, in a JVM of its own. */
    @Test
    void jarTakesVariablesAndItsExitTellsWhatBecameOfIt() throws Exception {
        Map<String, String> variables = new LinkedHashMap<>();
        settings.forEach((name, value) ->
                variables.put(name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT), value));
        assertThat(variables).containsKey("DSR_DATABASE_APPLICATION_ROLE");
        Ran ran = inItsOwnJvm(variables);
        assertThat(ran.said()).contains("The tables belong to " + owner + "; dsr_application has what");
        assertThat(ran.exit()).isEqualTo(Command.OK);
        assertThat(grants().getOrDefault("audit_entry", Set.of())).containsExactly("INSERT", "SELECT");
        variables.put("SPRING_FLYWAY_PASSWORD", "wrong");
        Ran refused = inItsOwnJvm(variables);
        assertThat(refused.said()).contains("password authentication failed").doesNotContain("\tat ");
        assertThat(refused.exit()).isEqualTo(Command.INVALID);
    }

    private static Ran inItsOwnJvm(Map<String, String> variables) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DsrBrokerApplication.class.getName(),
                "migrate");
        builder.environment().putAll(variables);
        Process process = builder.redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return new Ran(process.exitValue(), said);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void nothingOfTheBrokerStarts(CapturedOutput log) {
        migrate();
        assertThat(log.getAll())
                .doesNotContain("Tomcat")
                .doesNotContain("Scheduler")
                .doesNotContain("Hikari");
    }
}
