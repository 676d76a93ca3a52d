package io.dsrbroker.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Stops lanes by hand and lets them go on. */
@Service
public class LaneStops {

    private static final Logger log = LoggerFactory.getLogger(LaneStops.class);

    private final JdbcClient jdbc;
    private final WorkQueue queue;
    private final ApplicationEventPublisher events;

    LaneStops(JdbcClient jdbc, WorkQueue queue, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.queue = queue;
        this.events = events;
    }

    /** How a lane stands: stopped by a person, or paused because its upstream fails. */
    private record Standing(boolean held, boolean failing) {}

    /**
     * Nothing more is sent on a lane, within about a second, until it is resumed. Answers whether there is such a lane; who
     * stopped it first, and why, stays.
     */
    @Transactional
    public boolean pause(String lane, String reason, Caller caller) {
        Optional<Standing> before = locked(lane);
        if (before.isPresent() && !before.get().held()) {
            jdbc.sql("update lane set held_by = :sub, held_reason = :reason, held_since = now() where name = :lane")
                    .param("sub", caller.sub())
                    .param("reason", reason)
                    .param("lane", lane)
                    .update();
            tell(
                    caller,
                    "lane-paused",
                    Map.of(
                            "lane",
                            lane,
                            "reason",
                            reason,
                            "before",
                            Map.of("held", false),
                            "after",
                            Map.of("held", true)));
            log.info("Lane {} was stopped by a person; it goes on when a person lets it", lane);
        }
        return before.isPresent();
    }

    /**
     * The lane goes on, also where it paused because the upstream failed; not before the time that an upstream asked to
     * wait for is over. Answers whether there is such a lane.
     */
    @Transactional
    public boolean resume(String lane, Caller caller) {
        Optional<Standing> before = locked(lane);
        if (before.isPresent() && (before.get().held() || before.get().failing())) {
            jdbc.sql("""
                    update lane
                    set held_since = null, held_by = null, held_reason = null,
                        paused_until = case when pause_reason = 'THROTTLED' then paused_until end
                    where name = :lane
                    """).param("lane", lane).update();
            tell(
                    caller,
                    "lane-resumed",
                    Map.of(
                            "lane",
                            lane,
                            "before",
                            Map.of(
                                    "held",
                                    before.get().held(),
                                    "failing",
                                    before.get().failing()),
                            "after",
                            Map.of("held", false, "failing", false)));
            log.info("Lane {} was let go on by a person", lane);
            queue.notifyLanes(List.of(lane));
        }
        return before.isPresent();
    }

    private Optional<Standing> locked(String lane) {
        return jdbc.sql("""
                        select held_since is not null as held,
                               coalesce(paused_until > now() and pause_reason is distinct from 'THROTTLED', false) as failing
                        from lane where name = :lane for no key update
                        """)
                .param("lane", lane)
                .query((row, number) -> new Standing(row.getBoolean("held"), row.getBoolean("failing")))
                .optional();
    }

    private void tell(Caller caller, String action, Map<String, Object> detail) {
        events.publishEvent(new Administered(caller, action, detail));
    }
}
