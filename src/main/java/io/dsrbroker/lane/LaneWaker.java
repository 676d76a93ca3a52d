package io.dsrbroker.lane;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.dsrbroker.job.WorkQueue;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Wakes idle lanes: at once when a committed transaction says so, and every {@code dsr.lanes.poll} by looking, which is
 * the truth; one statement for all lanes.
 */
@Component
@ConditionalOnBooleanProperty(name = "db-scheduler.enabled", matchIfMissing = true)
class LaneWaker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LaneWaker.class);
    private static final Duration CHECK_STAGES_EVERY = Duration.ofSeconds(10);

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final Scheduler scheduler;
    private final JobWatch watch;
    private final LaneProperties properties;
    private final HeldLanes held;
    private volatile boolean running;
    private @Nullable Thread listener;

    LaneWaker(
            DataSource dataSource,
            JdbcClient jdbc,
            Scheduler scheduler,
            JobWatch watch,
            LaneProperties properties,
            HeldLanes held) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
        this.scheduler = scheduler;
        this.watch = watch;
        this.properties = properties;
        this.held = held;
    }

    @Override
    public void start() {
        running = true;
        listener = Thread.ofVirtual().name("lane-waker").start(this::listen);
    }

    /** Lets the listener give its connection back, before the pool is closed under it. */
    @Override
    public void stop() {
        running = false;
        try {
            if (listener != null) {
                listener.join(properties.poll().multipliedBy(2));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops after the lanes have been given back. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void listen() {
        while (running) {
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(true);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("listen " + WorkQueue.CHANNEL);
                    listen(connection.unwrap(PGConnection.class));
                    statement.execute("unlisten *");
                }
            } catch (SQLException | RuntimeException e) {
                log.warn("Listening for work failed; it is taken up again in {}", properties.poll(), e);
                pause();
            }
        }
    }

    private void listen(PGConnection connection) throws SQLException {
        long checkedAt = System.nanoTime();
        long sweptAt = System.nanoTime();
        while (running) {
            PGNotification[] told = connection.getNotifications(
                    (int) Math.max(1, properties.poll().toMillis()));
            if (told != null && told.length > 0) {
                for (PGNotification one : told) {
                    told(one.getParameter());
                }
                scheduler.triggerCheckForDueExecutions();
            }
            // By time, not only when nothing was told: a lane that was just ending did not hear what it was told.
            if (System.nanoTime() - sweptAt >= properties.poll().toNanos()) {
                if (wakeLanesWithWork() > 0) {
                    scheduler.triggerCheckForDueExecutions();
                }
                sweptAt = System.nanoTime();
            }
            if (System.nanoTime() - checkedAt > CHECK_STAGES_EVERY.toNanos()) {
                watch.look();
                checkedAt = System.nanoTime();
            }
        }
    }

    private void told(String message) {
        int space = message.indexOf(' ');
        String work = message.substring(0, space);
        String instance = message.substring(space + 1);
        if (work.equals(WorkQueue.LANE)) {
            held.nudge(instance);
        }
        jdbc.sql("""
                update scheduled_tasks s set execution_time = now()
                where task_name = :work and task_instance = :instance and not picked and execution_time > now()
                  and not exists (select from lane l
                                  where s.task_name = 'lane' and l.name = s.task_instance
                                    and (l.paused_until > now() or l.held_since is not null))
                """).param("work", work).param("instance", instance).update();
    }

    private int wakeLanesWithWork() {
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
                                with recursive list as (
                                    (select job_id, found_by, next_attempt_at from task
                                     where lane = i.lane and state = 'VERIFYING'
                                     order by job_id, found_by, next_attempt_at limit 1)
                                    union all
                                    select n.job_id, n.found_by, n.next_attempt_at
                                    from list l cross join lateral (
                                        select t.job_id, t.found_by, t.next_attempt_at from task t
                                        where t.lane = i.lane and t.state = 'VERIFYING'
                                          and (t.job_id, t.found_by) > (l.job_id, l.found_by)
                                        order by t.job_id, t.found_by, t.next_attempt_at limit 1) n
                                )
                                select from list l
                                join job j on j.id = l.job_id and not j.on_hold and j.finished_at is null
                                where l.next_attempt_at <= now())
                        )
                        update scheduled_tasks s set execution_time = now()
                        from lane_with_work w
                        where s.task_name = 'lane' and s.task_instance = w.lane and not s.picked
                          and s.execution_time > now()
                        """).update();
    }

    private void pause() {
        try {
            Thread.sleep(properties.poll());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
