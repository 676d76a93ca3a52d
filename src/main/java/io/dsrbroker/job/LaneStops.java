package io.dsrbroker.job;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Stops lanes by hand and lets them go on. */
@Service
public class LaneStops {

    private static final Logger log = LoggerFactory.getLogger(LaneStops.class);

    private final JdbcClient jdbc;
    private final WorkQueue queue;

    LaneStops(JdbcClient jdbc, WorkQueue queue) {
        this.jdbc = jdbc;
        this.queue = queue;
    }

    /**
     * Nothing more is sent on a lane, within about a second, until it is resumed. Answers whether there is such a lane; who
     * stopped it first, and why, stays.
     */
    @Transactional
    public boolean pause(String lane, String reason, Caller caller) {
        int found = jdbc.sql("""
                        update lane
                        set held_by = case when held_since is null then :sub else held_by end,
                            held_reason = case when held_since is null then :reason else held_reason end,
                            held_since = coalesce(held_since, now())
                        where name = :lane
                        """)
                .param("sub", caller.sub())
                .param("reason", reason)
                .param("lane", lane)
                .update();
        if (found > 0) {
            log.info("Lane {} was stopped by a person; it goes on when a person lets it", lane);
        }
        return found > 0;
    }

    /**
     * The lane goes on, also where it paused because the upstream failed; not before the time that an upstream asked to
     * wait for is over. Answers whether there is such a lane.
     */
    @Transactional
    public boolean resume(String lane) {
        int found = jdbc.sql("""
                        update lane
                        set held_since = null, held_by = null, held_reason = null,
                            paused_until = case when pause_reason = 'THROTTLED' then paused_until end
                        where name = :lane
                        """).param("lane", lane).update();
        if (found > 0) {
            log.info("Lane {} was let go on by a person", lane);
            queue.notifyLanes(List.of(lane));
        }
        return found > 0;
    }
}
