package io.dsrbroker.housekeeping;

import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Tasks that have not ended. Each state is counted from an index that holds its rows alone, READY once for three gauges;
 * a DELETE task is not waited for before its plan is carried out.
 */
@Component
class TaskFigures implements FigureQuery {

    @Override
    public Set<String> gauges() {
        return Set.of("dsr.tasks", "dsr.lane.ready", "dsr.tasks.needs.action", "dsr.backlog.age");
    }

    @Override
    public String sql() {
        return """
                with ready as materialized (
                    select lane, job_id, count(*) as tasks, min(created_at) as since,
                           min(created_at) filter (where kind <> 'DELETE') as read_since
                    from task where state = 'READY' group by lane, job_id
                ), asked as materialized (
                    select lane, reason, count(*) as tasks from task where state = 'NEEDS_ACTION' group by lane, reason
                ), counted as (
                    select lane, 'READY' as state, tasks from ready
                    union all
                    select lane, 'NEEDS_ACTION', tasks from asked
                    union all
                    select lane, 'BLOCKED', count(*) from task where state = 'BLOCKED' group by lane
                    union all
                    select lane, 'RUNNING', count(*) from task where state = 'RUNNING' group by lane
                    union all
                    select lane, 'AWAITING_UPSTREAM', count(*) from task where state = 'AWAITING_UPSTREAM' group by lane
                    union all
                    select lane, 'VERIFYING', count(*) from task where state = 'VERIFYING' group by lane
                    union all
                    select lane, 'RETRY_WAIT', count(*) from task where state = 'RETRY_WAIT' group by lane
                    union all
                    select name, state, 0 from lane
                    cross join (values ('BLOCKED'), ('READY'), ('RUNNING'), ('AWAITING_UPSTREAM'), ('VERIFYING'),
                                       ('RETRY_WAIT'), ('NEEDS_ACTION')) as v(state)
                ), standing as (
                    select name, upstream, held_since, case upstream when 'content' then upstream else name end as label
                    from lane
                )
                select 'dsr.tasks' as gauge, null as lane, coalesce(l.upstream, 'none') as upstream, c.state,
                       null as reason, sum(c.tasks)
                from counted c left join standing l on l.name = c.lane group by coalesce(l.upstream, 'none'), c.state
                union all
                select 'dsr.lane.ready', l.label, l.upstream, null, null, sum(c.tasks)
                from counted c join standing l on l.name = c.lane where c.state = 'READY' group by l.label, l.upstream
                union all
                select 'dsr.tasks.needs.action', null, null, null, coalesce(reason, 'none'), sum(tasks)
                from asked group by coalesce(reason, 'none')
                union all
                select 'dsr.backlog.age', null, l.upstream, null, null,
                       coalesce(extract(epoch from now() - min(
                           case when coalesce(j.phase, 'DELETING') = 'DELETING' then r.since else r.read_since end)), 0)
                from standing l
                left join ready r on r.lane = l.name and l.held_since is null
                     and exists (select from job where id = r.job_id and not on_hold and finished_at is null)
                left join job j on j.id = r.job_id
                group by l.upstream
                """;
    }
}
