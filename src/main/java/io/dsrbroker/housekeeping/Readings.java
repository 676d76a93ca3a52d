package io.dsrbroker.housekeeping;

import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs queries of figures: each by itself, on one core, and not for long. */
@Component
class Readings {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Readings(JdbcClient jdbc, PlatformTransactionManager transactionManager) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactionManager);
        transaction.setReadOnly(true);
    }

    /** What a query said, and how long the database worked on it; to wait for a connection is not to work. */
    record Reading(List<Figure> figures, Duration took) {}

    Reading of(FigureQuery query) {
        return transaction.execute(status -> {
            long since = System.nanoTime();
            jdbc.sql("""
                    select set_config('statement_timeout', '5s', true), set_config('jit', 'off', true),
                           set_config('max_parallel_workers_per_gather', '0', true)
                    """).query((row, number) -> number).list();
            List<Figure> figures =
                    jdbc.sql(query.sql()).query((row, number) -> Figure.of(row)).list();
            return new Reading(figures, Duration.ofNanos(System.nanoTime() - since));
        });
    }
}
