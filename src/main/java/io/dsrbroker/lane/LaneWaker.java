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
    /** How long a listener that is to stop goes on listening. */
    private static final Duration LISTEN_AT_A_TIME = Duration.ofMillis(100);

    private final DataSource dataSource;
    private final ScheduledLanes lanes;
    private final Scheduler scheduler;
    private final JobWatch watch;
    private final LaneProperties properties;
    private final HeldLanes held;
    private volatile boolean running;
    private @Nullable Thread listener;

    LaneWaker(
            DataSource dataSource,
            ScheduledLanes lanes,
            Scheduler scheduler,
            JobWatch watch,
            LaneProperties properties,
            HeldLanes held) {
        this.dataSource = dataSource;
        this.lanes = lanes;
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
        // Zero would be to wait for ever.
        long listened = Math.clamp(properties.poll().toMillis(), 1, LISTEN_AT_A_TIME.toMillis());
        long checkedAt = System.nanoTime();
        long sweptAt = System.nanoTime();
        while (running) {
            PGNotification[] told = connection.getNotifications((int) listened);
            if (told != null && told.length > 0) {
                for (PGNotification one : told) {
                    told(one.getParameter());
                }
                scheduler.triggerCheckForDueExecutions();
            }
            // By time, not only when nothing was told: a lane that was just ending did not hear what it was told.
            if (System.nanoTime() - sweptAt >= properties.poll().toNanos()) {
                if (lanes.revive() + lanes.wakeThoseWithWork() > 0) {
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
        lanes.wake(work, instance);
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
