package io.dsrbroker.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The broker's role can only add, and the tables' owner is stopped by triggers. */
class DatabaseRoleTests extends AuditModule {

    private static final List<String> KEPT =
            List.of("audit_entry", "audit_checkpoint", "audit_checkpoint_head", "receipt");

    @Autowired
    RoleCheck roleCheck;

    private static List<String> changes(String table) {
        String column = table.startsWith("audit_c") || table.equals("audit_entry") ? "seq" : "kid";
        return List.of(
                "update " + table + " set " + column + " = " + column,
                "delete from " + table,
                "truncate " + table,
                "update " + table + " set " + column + " = " + column + " where false");
    }

    @Test
    void roleOfTheBrokerCanOnlyAdd() {
        givenEndedJob();
        checkpoints.take();
        assertThat(jdbc.sql("select current_user").query(String.class).single()).isEqualTo("dsr_application");
        for (String table : KEPT) {
            for (String change : changes(table)) {
                assertThatExceptionOfType(DataAccessException.class)
                        .as(change)
                        .isThrownBy(() -> jdbc.sql(change).update())
                        .withStackTraceContaining("permission denied");
            }
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> jdbc.sql("alter table " + table + " disable trigger all")
                            .update())
                    .withStackTraceContaining("must be owner");
        }
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> jdbc.sql("delete from flyway_schema_history").update());
        assertThat(roleCheck.changeable()).isEmpty();
    }

    @Test
    void roleOfTheBrokerCanMoveTasksIntoTheArchiveAndBack() {
        for (String table : List.of("task", "task_archive")) {
            for (String right : List.of("SELECT", "INSERT", "UPDATE", "DELETE")) {
                assertThat(jdbc.sql("select has_table_privilege(:table, :right)")
                                .param("table", table)
                                .param("right", right)
                                .query(Boolean.class)
                                .single())
                        .as(right + " on " + table)
                        .isTrue();
            }
        }
        assertThat(jdbc.sql("select count(*) from every_task").query(Long.class).single())
                .isNotNegative();
    }

    @Test
    void triggersStopTheOwner() throws SQLException {
        givenEndedJob();
        checkpoints.take();
        try (Connection owner = DATABASE.connect();
                Statement statement = owner.createStatement()) {
            for (String table : KEPT) {
                for (String change : changes(table)) {
                    assertThatExceptionOfType(SQLException.class)
                            .as(change)
                            .isThrownBy(() -> statement.execute(change))
                            .withMessageContaining("Rows are only ever added to " + table);
                }
            }
        }
    }

    @Test
    void oneRoleForEverythingIsNoticed() {
        assertThat(new RoleCheck(JdbcClient.create(DATABASE.migrated())).changeable())
                .containsExactlyInAnyOrderElementsOf(KEPT);
    }
}
