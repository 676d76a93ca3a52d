package io.dsrbroker.housekeeping;

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

    List<Figure> of(FigureQuery query) {
        return transaction.execute(status -> {
            jdbc.sql("""
                    select set_config('statement_timeout', '5s', true), set_config('jit', 'off', true),
                           set_config('max_parallel_workers_per_gather', '0', true)
                    """).query((row, number) -> number).list();
            return jdbc.sql(query.sql()).query((row, number) -> Figure.of(row)).list();
        });
    }
}
