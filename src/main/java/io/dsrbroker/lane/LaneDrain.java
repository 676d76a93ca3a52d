package io.dsrbroker.lane;

import com.github.kagkarlsson.scheduler.Scheduler;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Gives the lanes back before anything else is stopped: other replicas go on with them while this one still answers its
 * last requests.
 */
@Component
@ConditionalOnBooleanProperty(name = "db-scheduler.enabled", matchIfMissing = true)
class LaneDrain implements SmartLifecycle {

    private final Scheduler scheduler;
    private final HeldLanes held;
    private volatile boolean running;

    LaneDrain(Scheduler scheduler, HeldLanes held) {
        this.scheduler = scheduler;
        this.held = held;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        held.stopAll();
        scheduler.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
