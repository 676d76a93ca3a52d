package io.dsrbroker.lane;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The lanes in db-scheduler's table: makes those due that have something to do. */
@Component
class ScheduledLanes {

    private static final Logger log = LoggerFactory.getLogger(ScheduledLanes.class);

    private final JdbcClient jdbc;
    private final LaneProperties properties;
    private final Clock clock;

    ScheduledLanes(JdbcClient jdbc, LaneProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.properties = properties;
        this.clock = clock;
    }

    /** Makes an instance of some work due that nobody works on, unless its lane is paused. */
    void wake(String work, String instance) {
        jdbc.sql("""
                update scheduled_tasks s set execution_time = now()
                where task_name = :work and task_instance = :instance and not picked and execution_time > now()
                  and not exists (select from lane l
                                  where s.task_name = 'lane' and l.name = s.task_instance
                                    and (l.paused_until > now() or l.held_since is not null))
                """).param("work", work).param("instance", instance).update();
    }

    /**
     * Gives back the lanes of replicas whose heartbeats have been missing for long enough. The scheduler does so itself,
     * but looks only at every second heartbeat. Answers how many.
     */
    int revive() {
        Instant deadline = clock.instant().minus(properties.heartbeat().multipliedBy(properties.missedHeartbeats()));
        int revived = jdbc.sql("""
                        update scheduled_tasks
                        set picked = false, picked_by = null, last_heartbeat = null, execution_time = now(),
                            version = version + 1, last_failure = now(),
                            consecutive_failures = coalesce(consecutive_failures, 0) + 1
                        where task_name = 'lane' and picked and last_heartbeat <= :deadline
                        """)
                .param("deadline", deadline.atOffset(ZoneOffset.UTC))
                .update();
        if (revived > 0) {
            log.warn("{} lanes were held by replicas that say nothing any more; another replica takes them", revived);
        }
        return revived;
    }

    /** Makes idle lanes due that have work and are not paused. Answers how many. */
    int wakeThoseWithWork() {
        return jdbc.sql("""
                        with idle_lane as (
                            select s.task_instance as lane
                            from scheduled_tasks s join lane l on l.name = s.task_instance
                            where s.task_name = 'lane' and not s.picked and s.execution_time > now()
                              and coalesce(l.paused_until, '-infinity') <= now() and l.held_since is null
                        ), lane_with_work as (
                            select lane from idle_lane i
                            where exists (
                                with recursive waiting_job as (
                                    (select job_id from task where lane = i.lane and state = 'READY'
                                     order by job_id limit 1)
                                    union all
                                    select (select t.job_id from task t
                                            where t.lane = i.lane and t.state = 'READY' and t.job_id > w.job_id
                                            order by t.job_id limit 1)
                                    from waiting_job w where w.job_id is not null
                                )
                                select from waiting_job w
                                join job j on j.id = w.job_id and not j.on_hold and j.finished_at is null
                                where coalesce(j.phase, 'DELETING') = 'DELETING'
                                   or exists (select from task t
                                              where t.lane = i.lane and t.state = 'READY' and t.job_id = j.id
                                                and t.kind <> 'DELETE'))
                            or exists (select from task t where t.lane = i.lane and t.state = 'RUNNING')
                            or exists (
                                select from task t
                                join job j on j.id = t.job_id and not j.on_hold and j.finished_at is null
                                where t.lane = i.lane and t.state = 'RETRY_WAIT' and t.next_attempt_at <= now())
                            or exists (
                                select from task t
                                join job j on j.id = t.job_id and not j.on_hold and j.finished_at is null
                                where t.lane = i.lane and t.state = 'AWAITING_UPSTREAM' and t.next_attempt_at <= now())
                            or exists (
                                select from waiting_lists(i.lane) l
                                join job j on j.id = l.job_id and not j.on_hold and j.finished_at is null
                                where l.next_attempt_at <= now())
                        )
                        update scheduled_tasks s set execution_time = now()
                        from lane_with_work w
                        where s.task_name = 'lane' and s.task_instance = w.lane and not s.picked
                          and s.execution_time > now()
                        """).update();
    }
}
