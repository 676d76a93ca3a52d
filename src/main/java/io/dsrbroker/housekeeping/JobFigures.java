package io.dsrbroker.housekeeping;

import java.util.Set;
import org.springframework.stereotype.Component;

/** Jobs that have not ended, and callbacks that have not arrived. */
@Component
class JobFigures implements FigureQuery {

    @Override
    public Set<String> gauges() {
        return Set.of("dsr.jobs", "dsr.jobs.held", "dsr.jobs.due", "dsr.callbacks");
    }

    @Override
    public String sql() {
        return """
                with open_job as (
                    select type, stage, on_hold, due_at from job where finished_at is null
                ), counted as (
                    select 'dsr.jobs' as gauge, type, stage, null as bucket, null as state, 1 as jobs from open_job
                    union all
                    select 'dsr.jobs', type, stage, null, null, 0
                    from (values ('EXPORT', 'RECEIVED'), ('EXPORT', 'PLANNING'), ('EXPORT', 'IN_PROGRESS'),
                                 ('DELETE', 'RECEIVED'), ('DELETE', 'PLANNING'), ('DELETE', 'AWAITING_APPROVAL'),
                                 ('DELETE', 'IN_PROGRESS'), ('DELETE', 'VERIFYING')) as v(type, stage)
                    union all
                    select 'dsr.jobs.held', null, null, null, null, count(*) from open_job where on_hold
                    union all
                    select 'dsr.jobs.due', null, null,
                           case when due_at <= now() then 'overdue'
                                when due_at <= now() + interval '1 day' then '1d'
                                when due_at <= now() + interval '3 days' then '3d'
                                when due_at <= now() + interval '7 days' then '7d'
                                when due_at <= now() + interval '14 days' then '14d'
                                else 'later' end, null, 1
                    from open_job
                    union all
                    select 'dsr.jobs.due', null, null, bucket, null, 0
                    from (values ('overdue'), ('1d'), ('3d'), ('7d'), ('14d'), ('later')) as v(bucket)
                    union all
                    select 'dsr.callbacks', null, null, null, lower(state), 1
                    from callback where state in ('PENDING', 'FAILED')
                    union all
                    select 'dsr.callbacks', null, null, null, state, 0 from (values ('pending'), ('failed')) as v(state)
                )
                select gauge, type, stage, bucket, state, sum(jobs) from counted group by gauge, type, stage, bucket, state
                """;
    }
}
