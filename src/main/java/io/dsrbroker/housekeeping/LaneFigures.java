package io.dsrbroker.housekeeping;

import java.util.Set;
import org.springframework.stereotype.Component;

/** How the lanes stand, as the API shows them; those of all hosts of content are one. */
@Component
class LaneFigures implements FigureQuery {

    @Override
    public Set<String> gauges() {
        return Set.of("dsr.lane.state", "dsr.lane.paused");
    }

    @Override
    public String sql() {
        return """
                with standing as (
                    select case l.upstream when 'content' then l.upstream else l.name end as lane, l.upstream,
                           case when l.held_since is not null then 'paused'
                                when l.paused_until > now() then
                                    case when l.pause_reason = 'THROTTLED' then 'throttled' else 'broken' end
                                when a.lane is not null then 'active'
                                else 'idle' end as state,
                           greatest(extract(epoch from l.paused_until - now()), 0) as pause
                    from lane l
                    left join scheduled_tasks s on s.task_name = 'lane' and s.task_instance = l.name and s.picked
                    left join lane_activity a on a.lane = s.task_instance and a.seen_at > now() - interval '15 seconds'
                )
                select 'dsr.lane.state' as gauge, lane, upstream, v.state, count(*) filter (where s.state = v.state)
                from standing s
                cross join (values ('idle'), ('active'), ('throttled'), ('broken'), ('paused')) as v(state)
                group by lane, upstream, v.state
                union all
                select 'dsr.lane.paused', lane, upstream, null, coalesce(max(pause), 0)
                from standing group by lane, upstream
                """;
    }
}
