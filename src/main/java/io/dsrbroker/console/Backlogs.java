package io.dsrbroker.console;

import io.dsrbroker.api.LaneViews;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Remembers for half an hour what waited for each lane, as this replica saw it every 15 s. */
@Component
@WithConsole
class Backlogs implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Backlogs.class);
    private static final Duration EVERY = Duration.ofSeconds(15);
    private static final int KEPT = 120;
    private static final int LANES = 1000;

    private final LaneViews lanes;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Map<String, Deque<Long>> seen = new HashMap<>();
    private @Nullable Thread thread;

    Backlogs(LaneViews lanes) {
        this.lanes = lanes;
    }

    /** How many tasks waited, oldest first. */
    List<Long> of(String lane) {
        synchronized (seen) {
            return List.copyOf(seen.getOrDefault(lane, new ArrayDeque<>()));
        }
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("backlogs").start(this::run);
    }

    @Override
    public void stop() {
        stopped.countDown();
        try {
            if (thread != null) {
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null && stopped.getCount() > 0;
    }

    private void run() {
        try {
            do {
                look();
            } while (!stopped.await(EVERY.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            List<LaneViews.Detail> now = lanes.busiest(LANES);
            synchronized (seen) {
                seen.keySet()
                        .retainAll(now.stream().map(one -> one.lane().lane()).toList());
                for (LaneViews.Detail one : now) {
                    Deque<Long> history = seen.computeIfAbsent(one.lane().lane(), any -> new ArrayDeque<>());
                    history.addLast(one.lane().ready());
                    if (history.size() > KEPT) {
                        history.removeFirst();
                    }
                }
            }
        } catch (RuntimeException e) {
            log.debug("The backlogs of the lanes could not be read", e);
        }
    }
}
