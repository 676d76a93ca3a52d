package io.dsrbroker.housekeeping;

import io.micrometer.core.instrument.Tags;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A value of a gauge, as a query says it: the first column is the gauge's name, the last the value, and each column between
 * them a tag, unless it is null.
 */
record Figure(String gauge, Tags tags, double value) {

    static Figure of(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        List<String> tags = new ArrayList<>();
        for (int column = 2; column < columns.getColumnCount(); column++) {
            String value = row.getString(column);
            if (value != null) {
                tags.add(columns.getColumnLabel(column));
                tags.add(value);
            }
        }
        return new Figure(
                row.getString(1), Tags.of(tags.toArray(String[]::new)), row.getDouble(columns.getColumnCount()));
    }
}
