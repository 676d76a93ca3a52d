package io.dsrbroker.lane;

import io.dsrbroker.catalogue.Call;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Lets calls of one lane through: within its quota, and not while it is paused or being given up. */
final class Gate {

    private final Quota reads;
    private final Quota deletes;
    private final Clock clock;
    private final AtomicReference<@Nullable Pause> pause = new AtomicReference<>();
    private volatile boolean closed;

    Gate(LaneLimits limits, Clock clock) {
        this.reads = new Quota(limits.readsPerSecond(), limits.readBurst(), System::nanoTime);
        this.deletes = new Quota(limits.deletesPerSecond(), limits.deleteBurst(), System::nanoTime);
        this.clock = clock;
    }

    /** Why and until when the lane sends nothing. */
    record Pause(Instant until, String reason) {}

    /** Waits until this call may be sent; {@link Shut} when it may not be sent in this slice. */
    void pass(Call call) {
        Quota quota = call.method().equals("DELETE") ? deletes : reads;
        if (!quota.acquire(this::shut)) {
            throw new Shut();
        }
    }

    /** Waits until content may be fetched. */
    void pass() {
        if (!reads.acquire(this::shut)) {
            throw new Shut();
        }
    }

    /** Stops all sending for a while; the longer of two pauses counts. */
    void pause(Duration length, String reason) {
        Pause asked = new Pause(clock.instant().plus(length), reason);
        pause.updateAndGet(now -> now == null || now.until().isBefore(asked.until()) ? asked : now);
    }

    /** Stops all sending for good: the lane is being given up, or was lost. */
    void close() {
        closed = true;
    }

    boolean closed() {
        return closed;
    }

    @Nullable
    Pause pause() {
        return pause.get();
    }

    boolean shut() {
        return closed || pause.get() != null;
    }

    /** A DELETE must not be sent: its job is held, has ended, or its plan has changed; its task stays as it is. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused() {
            super("The DELETE may not be sent now", null, false, false);
        }
    }

    /** A call was not sent because the lane is paused or given up; its task stays as it is. */
    static final class Shut extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Shut() {
            super("The lane sends nothing now", null, false, false);
        }
    }
}
