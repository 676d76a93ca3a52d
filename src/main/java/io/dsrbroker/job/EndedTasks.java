package io.dsrbroker.job;

import java.sql.ResultSet;
import java.sql.SQLException;

/** How many tasks of one lane ended alike in one transaction. */
public record EndedTasks(String upstream, TaskKind kind, TaskState state, long count) {

    static EndedTasks of(ResultSet row) throws SQLException {
        return new EndedTasks(
                row.getString("upstream"),
                TaskKind.valueOf(row.getString("kind")),
                TaskState.valueOf(row.getString("state")),
                row.getLong("count"));
    }
}
