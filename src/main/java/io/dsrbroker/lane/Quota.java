package io.dsrbroker.lane;

import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A token bucket that starts empty: whoever held the lane before may have used all there was. */
final class Quota {

    private static final long LONGEST_PARK = 50_000_000;

    private final @Nullable Double perNano;
    private final double burst;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock(true);
    private double tokens;
    private long filledAt;

    Quota(@Nullable Double perSecond, double burst, LongSupplier nanoTime) {
        this.perNano = perSecond == null ? null : perSecond / 1e9;
        this.burst = Math.max(burst, 1);
        this.nanoTime = nanoTime;
        this.filledAt = nanoTime.getAsLong();
    }

    /** Waits for a token, in turn; answers false if {@code stop} came first. */
    boolean acquire(BooleanSupplier stop) {
        if (perNano == null) {
            return !stop.getAsBoolean();
        }
        lock.lock();
        try {
            while (!stop.getAsBoolean()) {
                refill();
                if (tokens >= 1) {
                    tokens -= 1;
                    return true;
                }
                LockSupport.parkNanos(Math.min(LONGEST_PARK, (long) Math.ceil((1 - tokens) / perNano)));
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void refill() {
        long now = nanoTime.getAsLong();
        if (perNano != null) {
            tokens = Math.min(burst, tokens + (now - filledAt) * perNano);
        }
        filledAt = now;
    }
}
