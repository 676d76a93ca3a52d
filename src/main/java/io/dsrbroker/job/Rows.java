package io.dsrbroker.job;

import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;

/** Rows of one column. */
final class Rows {

    static final RowMapper<UUID> ID = (row, number) -> Objects.requireNonNull(row.getObject(1, UUID.class));

    static final RowMapper<String> TEXT = (row, number) -> Objects.requireNonNull(row.getString(1));

    private Rows() {}
}
