package io.dsrbroker.housekeeping;

import java.util.Set;
import org.springframework.stereotype.Component;

/** Tasks that did not end good, of jobs that are open or ended not long ago. */
@Component
class ExceptionFigures implements FigureQuery {

    @Override
    public Set<String> gauges() {
        return Set.of("dsr.jobs.exceptions");
    }

    @Override
    public String sql() {
        return """
                with counted as (
                    select t.state, count(*) as tasks
                    from job j join task t on t.job_id = j.id
                    where (j.finished_at is null or j.finished_at > now() - interval '30 days')
                      and t.state in ('INCOMPLETE', 'UNVERIFIED', 'SKIPPED', 'SOURCE_RETIRED', 'FAILED')
                    group by t.state
                )
                select 'dsr.jobs.exceptions' as gauge, v.state, coalesce(c.tasks, 0)
                from (values ('INCOMPLETE'), ('UNVERIFIED'), ('SKIPPED'), ('SOURCE_RETIRED'), ('FAILED')) as v(state)
                left join counted c on c.state = v.state
                """;
    }
}
