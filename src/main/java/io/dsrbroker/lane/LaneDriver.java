package io.dsrbroker.lane;

import com.github.kagkarlsson.scheduler.SchedulerState;
import io.dsrbroker.job.Requests;
import io.dsrbroker.job.Tasks;
import io.dsrbroker.job.Verifications;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Drives one lane for a slice, and says when it is to be driven next. */
@Component
class LaneDriver {

    /** An idle lane is woken by those who give it work; this is only a last resort. */
    private static final Duration IDLE = Duration.ofMinutes(10);

    private static final Duration TELL_EVERY = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(LaneDriver.class);

    private final LaneRows rows;
    private final LaneLimits.Book limits;
    private final LaneProperties properties;
    private final HeldLanes held;
    private final LaneSlice.Workshop workshop;
    private final Clock clock;

    LaneDriver(
            LaneRows rows,
            LaneLimits.Book limits,
            LaneProperties properties,
            HeldLanes held,
            LaneSlice.Workshop workshop,
            Clock clock) {
        this.rows = rows;
        this.limits = limits;
        this.properties = properties;
        this.held = held;
        this.workshop = workshop;
        this.clock = clock;
    }

    /** Makes what a slice works with. */
    @org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
    static class WorkshopConfiguration {

        @org.springframework.context.annotation.Bean
        LaneSlice.Workshop workshop(
                Tasks tasks,
                Requests requests,
                Worker worker,
                Settler settler,
                Verifications verifications,
                Intents intents) {
            return new LaneSlice.Workshop(
                    tasks, requests, worker, settler, new LaneSlice.Upheaval(verifications, intents));
        }
    }

    /** Drives the lane; answers when it is due again. */
    Instant drive(String lane, String holder, SchedulerState scheduler) throws InterruptedException {
        Optional<LaneRows.Taken> found = rows.take(lane);
        if (found.isEmpty()) {
            return clock.instant().plus(IDLE);
        }
        LaneRows.Taken taken = found.get();
        if (taken.pausedUntil() != null && taken.pausedUntil().isAfter(clock.instant())) {
            return taken.pausedUntil();
        }
        LaneLimits mine = limits.of(taken.upstream());
        Gate gate = new Gate(mine, clock);
        LaneSlice slice = new LaneSlice(lane, taken.epoch(), gate, mine, workshop);
        Instant end = clock.instant().plus(properties.slice());
        CountDownLatch over = new CountDownLatch(1);
        Thread telling = Thread.ofVirtual().name("tell-" + lane).start(() -> tell(lane, holder, slice, over));
        held.hold(lane, gate);
        try {
            slice.run(() -> scheduler.isShuttingDown() || clock.instant().isAfter(end));
        } finally {
            held.release(lane);
            // Not interrupted: that would break the connection that it may be using.
            over.countDown();
            telling.join();
        }
        return next(lane, taken, gate, clock.instant().isAfter(end) || scheduler.isShuttingDown());
    }

    private Instant next(String lane, LaneRows.Taken taken, Gate gate, boolean unfinished) {
        Gate.Pause pause = gate.pause();
        if (pause != null) {
            rows.pause(lane, taken.epoch(), pause);
            log.info("Lane {} pauses until {}: {}", lane, pause.until(), pause.reason());
            return pause.until();
        }
        if (unfinished || gate.closed()) {
            return clock.instant();
        }
        return clock.instant()
                .plus(rows.untilNextRetry(lane)
                        .filter(wait -> wait.compareTo(IDLE) < 0)
                        .orElse(IDLE));
    }

    private void tell(String lane, String holder, LaneSlice slice, CountDownLatch over) {
        long before = 0;
        try {
            while (!over.await(TELL_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                long now = slice.settled();
                rows.tell(lane, holder, slice.inFlight(), (double) (now - before) / TELL_EVERY.toSeconds());
                before = now;
            }
            rows.tell(lane, holder, 0, 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("Lane {}: what it does could not be told; it goes on", lane, e);
        }
    }
}
