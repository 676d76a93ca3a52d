package io.dsrbroker.lane;

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

    /** A lane as its new holder finds it. */
    record Taken(String upstream, long epoch, @Nullable Instant pausedUntil) {}

    /** Takes a lane: from now on no older holder can write. */
    Optional<Taken> take(String lane) {
        return jdbc.sql("""
                        update lane set epoch = epoch + 1 where name = :lane returning upstream, epoch, paused_until
                        """)
                .param("lane", lane)
                .query((row, number) -> {
                    OffsetDateTime until = row.getObject("paused_until", OffsetDateTime.class);
                    return new Taken(
                            row.getString("upstream"), row.getLong("epoch"), until == null ? null : until.toInstant());
                })
                .optional();
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

    /** Remembers a pause, for whoever takes the lane next. */
    void pause(String lane, long epoch, Gate.Pause pause) {
        jdbc.sql("""
                update lane set paused_until = :until, pause_reason = :reason
                where name = :lane and epoch = :epoch
                  and (paused_until is null or paused_until < :until)
                """)
                .param("until", pause.until().atOffset(ZoneOffset.UTC))
                .param("reason", pause.reason())
                .param("lane", lane)
                .param("epoch", epoch)
                .update();
    }

    /** Tells what the holder does, for people. */
    void tell(String lane, String holder, int inFlight, double ratePerSecond) {
        jdbc.sql("""
                insert into lane_activity (lane, holder, in_flight, rate_per_second, seen_at)
                values (:lane, :holder, :inFlight, :rate, now())
                on conflict (lane) do update
                set holder = excluded.holder, in_flight = excluded.in_flight,
                    rate_per_second = excluded.rate_per_second, seen_at = excluded.seen_at
                """)
                .param("lane", lane)
                .param("holder", holder)
                .param("inFlight", inFlight)
                .param("rate", ratePerSecond)
                .update();
    }

    /** How long until the next waiting task of a lane may be tried again. */
    Optional<Duration> untilNextRetry(String lane) {
        return jdbc.sql("""
                        select extract(epoch from min(t.next_attempt_at) - now()) * 1000 as millis
                        from task t join job j on j.id = t.job_id and not j.on_hold and j.finished_at is null
                        where t.lane = :lane and t.state in ('RETRY_WAIT', 'VERIFYING')
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
