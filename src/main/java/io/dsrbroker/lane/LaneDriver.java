package io.dsrbroker.lane;

import com.github.kagkarlsson.scheduler.SchedulerState;
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

    /** Drives the lane; answers when it is due again. */
    Instant drive(String lane, String holder, SchedulerState scheduler) throws InterruptedException {
        Optional<LaneRows.Taken> found = rows.take(lane);
        if (found.isEmpty() || found.get().held()) {
            return clock.instant().plus(IDLE);
        }
        LaneRows.Taken taken = found.get();
        if (taken.pausedUntil() != null && taken.pausedUntil().isAfter(clock.instant())) {
            return taken.pausedUntil();
        }
        Lease lease = new Lease(lane, taken.epoch());
        LaneMetrics metrics = workshop.metrics();
        metrics.taken(taken.upstream(), workshop.sources().notes().takeOver(lane, lease.epoch()));
        LaneLimits mine = limits.of(taken.upstream());
        Gate gate = new Gate(
                mine,
                mine.refilled(taken.left(), taken.idle()),
                new Health(taken.setbacks()),
                metrics.sent(lane, taken.upstream()),
                clock);
        LaneSlice slice = new LaneSlice(lease, gate, mine, workshop);
        SliceEnding ending = new Ending(scheduler);
        boolean quiet = drive(slice, lease, gate, holder, ending);
        workshop.sources().notes().clear(lane, lease.epoch());
        if (quiet && !gate.closed()) {
            rows.leave(lane, lease.epoch(), gate.left(), gate.health().setbacks());
        }
        slice.notePause();
        return next(lease, gate, ending.due() || gate.over());
    }

    private boolean drive(LaneSlice slice, Lease lease, Gate gate, String holder, SliceEnding ending)
            throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        Thread telling = Thread.ofVirtual()
                .name("tell-" + lease.lane())
                .start(() -> tell(lease.lane(), holder, gate, slice, over));
        held.hold(lease.lane(), gate, slice);
        try {
            return slice.run(ending);
        } catch (RuntimeException e) {
            // What the upstream asked for holds all the same.
            slice.notePause();
            throw e;
        } finally {
            held.release(lease.lane(), gate, slice);
            // Not interrupted: that would break the connection that it may be using.
            over.countDown();
            telling.join();
        }
    }

    private Instant next(Lease lease, Gate gate, boolean unfinished) {
        Gate.Pause pause = gate.pause();
        if (pause != null) {
            log.info("Lane {} pauses until {}: {}", lease.lane(), pause.until(), pause.reason());
            return pause.until();
        }
        if (unfinished) {
            return clock.instant();
        }
        return clock.instant()
                .plus(rows.untilNextDue(lease.lane())
                        .filter(wait -> wait.compareTo(IDLE) < 0)
                        .orElse(IDLE));
    }

    private void tell(String lane, String holder, Gate gate, LaneSlice slice, CountDownLatch over) {
        long before = 0;
        try {
            while (!over.await(TELL_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                long now = slice.settled();
                if (tell(lane, holder, slice.inFlight(), (double) (now - before) / TELL_EVERY.toSeconds())) {
                    gate.stop();
                    slice.nudge();
                }
                before = now;
            }
            tell(lane, holder, 0, 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers whether a person has stopped the lane. */
    private boolean tell(String lane, String holder, int inFlight, double rate) {
        try {
            return rows.tell(lane, holder, inFlight, rate);
        } catch (RuntimeException e) {
            log.warn("Lane {}: what it does could not be told; it goes on", lane, e);
            return false;
        }
    }

    /** A slice ends when its time is over, or when its replica stops. */
    private final class Ending implements SliceEnding {

        private final SchedulerState scheduler;
        private Instant end = clock.instant().plus(properties.slice());

        private Ending(SchedulerState scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        public boolean due() {
            return clock.instant().isAfter(end);
        }

        @Override
        public boolean shuttingDown() {
            return scheduler.isShuttingDown();
        }

        @Override
        public Duration patience() {
            return properties.drain();
        }

        @Override
        public void postpone() {
            end = clock.instant().plus(properties.slice());
        }
    }
}
