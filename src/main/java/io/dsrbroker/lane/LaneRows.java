package io.dsrbroker.lane;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The lane table: who may write for a lane, and whether it is paused. */
@Component
class LaneRows {

    private final JdbcClient jdbc;

    LaneRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A lane as its new holder finds it.
     *
     * @param held whether a person has stopped it
     * @param setbacks pauses in a row without a call between them that worked
     * @param left what its last holder left of the quota; nothing where that is not known
     * @param idle how long ago that was
     */
    record Taken(
            String upstream,
            long epoch,
            @Nullable Instant pausedUntil,
            boolean held,
            int setbacks,
            Gate.Allowance left,
            Duration idle) {}

    /** Takes a lane: from now on no older holder can write. */
    Optional<Taken> take(String lane) {
        return jdbc.sql("""
                        with found as (
                            select name, reads_left, deletes_left, extract(epoch from now() - left_at) as idle
                            from lane where name = :lane for update
                        )
                        update lane l set epoch = epoch + 1, left_at = null
                        from found f where l.name = f.name
                        returning upstream, epoch, paused_until, held_since is not null as held, setbacks,
                                  f.reads_left, f.deletes_left, f.idle
                        """)
                .param("lane", lane)
                .query((row, number) -> taken(row))
                .optional();
    }

    private static Taken taken(ResultSet row) throws SQLException {
        OffsetDateTime until = row.getObject("paused_until", OffsetDateTime.class);
        double idle = row.getDouble("idle");
        boolean known = !row.wasNull();
        return new Taken(
                row.getString("upstream"),
                row.getLong("epoch"),
                until == null ? null : until.toInstant(),
                row.getBoolean("held"),
                row.getInt("setbacks"),
                known
                        ? new Gate.Allowance(row.getDouble("reads_left"), row.getDouble("deletes_left"))
                        : Gate.Allowance.NONE,
                known ? Duration.ofMillis(Math.max(0, (long) (idle * 1000))) : Duration.ZERO);
    }

    /** Remembers what is left of the quota, for whoever takes the lane next; every call must have been answered. */
    void leave(String lane, long epoch, Gate.Allowance left, int setbacks) {
        jdbc.sql("""
                update lane set reads_left = :reads, deletes_left = :deletes, left_at = now(), setbacks = :setbacks
                where name = :lane and epoch = :epoch
                """)
                .param("reads", left.reads())
                .param("deletes", left.deletes())
                .param("setbacks", setbacks)
                .param("lane", lane)
                .param("epoch", epoch)
                .update();
    }

    /**
     * Holds the lane's row until the transaction ends, so that nobody takes it over meanwhile.
     *
     * @throws LaneLost when somebody has
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void fence(String lane, long epoch) {
        boolean held = jdbc.sql("select 1 from lane where name = :lane and epoch = :epoch for share")
                .param("lane", lane)
                .param("epoch", epoch)
                .query((row, number) -> row.getInt(1))
                .optional()
                .isPresent();
        if (!held) {
            throw new LaneLost(lane);
        }
    }

    /** Whether a person has stopped the lane. */
    boolean held(String lane) {
        return jdbc.sql("select held_since is not null from lane where name = :lane")
                .param("lane", lane)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    /** Remembers a pause, for whoever takes the lane next. */
    void pause(String lane, long epoch, Gate.Pause pause, int setbacks) {
        jdbc.sql("""
                update lane
                set pause_reason = case when paused_until >= :until then pause_reason else :reason end,
                    paused_until = greatest(paused_until, :until), setbacks = :setbacks
                where name = :lane and epoch = :epoch
                """)
                .param("until", pause.until().atOffset(ZoneOffset.UTC))
                .param("reason", pause.reason())
                .param("setbacks", setbacks)
                .param("lane", lane)
                .param("epoch", epoch)
                .update();
    }

    /** Tells what the holder does, for people; answers whether one of them has stopped the lane. */
    boolean tell(String lane, String holder, int inFlight, double ratePerSecond) {
        return jdbc.sql("""
                        with told as (
                            insert into lane_activity (lane, holder, in_flight, rate_per_second, seen_at)
                            values (:lane, :holder, :inFlight, :rate, now())
                            on conflict (lane) do update
                            set holder = excluded.holder, in_flight = excluded.in_flight,
                                rate_per_second = excluded.rate_per_second, seen_at = excluded.seen_at
                        )
                        select held_since is not null as held from lane where name = :lane
                        """)
                .param("lane", lane)
                .param("holder", holder)
                .param("inFlight", inFlight)
                .param("rate", ratePerSecond)
                .query((row, number) -> row.getBoolean("held"))
                .optional()
                .orElse(false);
    }

    /** How long until the next waiting task of a lane may be worked on; empty where none waits. */
    Optional<Duration> untilNextDue(String lane) {
        return jdbc.sql("""
                        with next as (
                            (select l.next_attempt_at from waiting_lists(:lane) l
                             join job j on j.id = l.job_id and not j.on_hold and j.finished_at is null)
                            union all
                            (select t.next_attempt_at from task t
                             join job j on j.id = t.job_id and not j.on_hold and j.finished_at is null
                             where t.lane = :lane and t.state = 'RETRY_WAIT' order by t.next_attempt_at limit 1)
                            union all
                            (select t.next_attempt_at from task t
                             join job j on j.id = t.job_id and not j.on_hold and j.finished_at is null
                             where t.lane = :lane and t.state = 'AWAITING_UPSTREAM'
                             order by t.next_attempt_at limit 1)
                        )
                        select extract(epoch from min(next_attempt_at) - now()) * 1000 as millis from next
                        """)
                .param("lane", lane)
                .query((row, number) -> Optional.ofNullable(row.getBigDecimal("millis"))
                        .map(millis -> Duration.ofMillis(Math.max(0, millis.longValue()))))
                .single();
    }

    /** Another replica has taken the lane; what this one still holds is worthless. */
    static final class LaneLost extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LaneLost(String lane) {
            super("Lane " + lane + " was taken over");
        }
    }
}
