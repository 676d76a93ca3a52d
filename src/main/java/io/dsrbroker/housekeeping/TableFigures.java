package io.dsrbroker.housekeeping;

import java.util.Set;
import org.springframework.stereotype.Component;

/** Rows that live and rows that wait for vacuum, in the tables that change most. */
@Component
class TableFigures implements FigureQuery {

    @Override
    public Set<String> gauges() {
        return Set.of("dsr.database.dead.tuples", "dsr.database.live.tuples");
    }

    @Override
    public String sql() {
        return """
                with busy as (
                    select relname, n_dead_tup, n_live_tup from pg_stat_user_tables
                    where schemaname = current_schema() and relname in ('task', 'job', 'scheduled_tasks', 'payload')
                )
                select 'dsr.database.dead.tuples' as gauge, relname as "table", n_dead_tup from busy
                union all
                select 'dsr.database.live.tuples', relname, n_live_tup from busy
                """;
    }
}
