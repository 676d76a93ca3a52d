package io.dsrbroker.lane;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.dsrbroker.job.Progress;
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
    private final Progress progress;
    private final LaneProperties properties;
    private volatile boolean running;
    private @Nullable Thread listener;

    LaneWaker(
            DataSource dataSource, JdbcClient jdbc, Scheduler scheduler, Progress progress, LaneProperties properties) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
        this.scheduler = scheduler;
        this.progress = progress;
        this.properties = properties;
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
                    wake(one.getParameter());
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
                progress.moved(progress.unfinished()).forEach(progress::reconsider);
                checkedAt = System.nanoTime();
            }
        }
    }

    private void wake(String message) {
        int space = message.indexOf(' ');
        jdbc.sql("""
                update scheduled_tasks s set execution_time = now()
                where task_name = :work and task_instance = :instance and not picked and execution_time > now()
                  and not exists (select from lane l
                                  where s.task_name = 'lane' and l.name = s.task_instance and l.paused_until > now())
                """)
                .param("work", message.substring(0, space))
                .param("instance", message.substring(space + 1))
                .update();
    }

    private int wakeLanesWithWork() {
        return jdbc.sql("""
                        with recursive ready_lane as (
                            (select lane from task where state = 'READY' order by lane limit 1)
                            union all
                            select (select t.lane from task t where t.state = 'READY' and t.lane > r.lane
                                    order by t.lane limit 1)
                            from ready_lane r where r.lane is not null
                        ), waiting_lane as (
                            (select lane from task where state in ('RETRY_WAIT', 'VERIFYING', 'AWAITING_UPSTREAM')
                             order by lane limit 1)
                            union all
                            select (select t.lane from task t
                                    where t.state in ('RETRY_WAIT', 'VERIFYING', 'AWAITING_UPSTREAM') and t.lane > w.lane
                                    order by t.lane limit 1)
                            from waiting_lane w where w.lane is not null
                        ), lane_with_work as (
                            select lane from ready_lane where lane is not null
                            union
                            select lane from waiting_lane w
                            where exists (select from task t
                                          where t.lane = w.lane
                                            and t.state in ('RETRY_WAIT', 'VERIFYING', 'AWAITING_UPSTREAM')
                                            and t.next_attempt_at <= now())
                        )
                        update scheduled_tasks s set execution_time = now()
                        from lane_with_work r join lane l on l.name = r.lane
                        where s.task_name = 'lane' and s.task_instance = r.lane and not s.picked
                          and s.execution_time > now()
                          and coalesce(l.paused_until, '-infinity') <= now()
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
