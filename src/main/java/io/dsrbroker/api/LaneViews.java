package io.dsrbroker.api;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lanes for their readers, from what their holders last wrote. */
@Component
public class LaneViews {

    private final JdbcClient jdbc;

    LaneViews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lanes whose name comes after this one. */
    public List<LaneView> after(String name, int limit) {
        return select("where l.name collate \"C\" > :name order by l.name collate \"C\" limit :limit", name, limit);
    }

    /** The lane of this name. */
    public Optional<LaneView> find(String name) {
        return select("where l.name = :name limit :limit", name, 1).stream().findFirst();
    }

    /**
     * A lane with what people ask who look at it.
     *
     * @param upstream the catalogue's name of the upstream whose quota it is
     * @param stoppedBy who stopped it by hand; null where nobody did
     * @param why what they said, or why it is paused; null where it is not
     */
    public record Detail(
            LaneView lane,
            String upstream,
            @Nullable String stoppedBy,
            @Nullable String why) {}

    /** All lanes up to a number, those with most that waits first. */
    public List<Detail> busiest(int limit) {
        return query("order by coalesce(w.ready, 0) desc, l.name limit :limit", "", limit, LaneViews::detail);
    }

    private static Detail detail(ResultSet row) throws SQLException {
        LaneView lane = view(row);
        String stoppedBy = row.getString("held_by");
        String why = stoppedBy != null
                ? row.getString("held_reason")
                : lane.until() == null ? null : row.getString("pause_reason");
        return new Detail(lane, row.getString("upstream"), stoppedBy, why);
    }

    private List<LaneView> select(String which, String name, int limit) {
        return query(which, name, limit, LaneViews::view);
    }

    /** Makes something of a row. */
    private interface Shape<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String which, String name, int limit, Shape<T> shape) {
        return jdbc.sql("""
                        with waiting as (
                            select lane, count(*) as ready from task where state = 'READY' group by lane
                        ), driven as (
                            select a.* from lane_activity a
                            join scheduled_tasks s on s.task_name = 'lane' and s.task_instance = a.lane and s.picked
                            where a.seen_at > now() - interval '15 seconds'
                        )
                        select l.name,
                               case when l.held_since is not null then 'PAUSED'
                                    when l.paused_until > now() then
                                        case when l.pause_reason = 'THROTTLED' then 'THROTTLED' else 'BROKEN' end
                                    when d.lane is not null then 'ACTIVE'
                                    else 'IDLE' end as state,
                               case when l.paused_until > now() and l.held_since is null then l.paused_until end as until,
                               coalesce(w.ready, 0) as ready,
                               coalesce(d.in_flight, 0) as in_flight,
                               coalesce(d.rate_per_second, 0) as rate_per_second,
                               d.holder, l.upstream, l.held_by, l.held_reason, l.pause_reason
                        from lane l
                        left join waiting w on w.lane = l.name
                        left join driven d on d.lane = l.name
                        """ + which)
                .param("name", name)
                .param("limit", limit)
                .query((row, number) -> shape.of(row))
                .list();
    }

    private static LaneView view(ResultSet row) throws SQLException {
        OffsetDateTime until = row.getObject("until", OffsetDateTime.class);
        return new LaneView(
                row.getString("name"),
                LaneView.State.valueOf(row.getString("state")),
                until == null ? null : until.toInstant(),
                row.getLong("ready"),
                row.getInt("in_flight"),
                row.getDouble("rate_per_second"),
                row.getString("holder"));
    }
}
