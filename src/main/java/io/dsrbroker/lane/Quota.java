package io.dsrbroker.lane;

import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket that starts empty where nobody knows what the lane's last holder used, and learns from what the
 * upstream says is left.
 */
final class Quota {

    private static final long LONGEST_PARK = 50_000_000;

    private final @Nullable Double perNano;
    private final double burst;
    private final LongSupplier nanoTime;
    /** Whose turn it is; held while waiting. */
    private final ReentrantLock turn = new ReentrantLock(true);
    /** Of the numbers below; never held while waiting. */
    private final ReentrantLock numbers = new ReentrantLock();

    private double tokens;
    private long filledAt;
    private long sent;
    private long answered;

    Quota(@Nullable Double perSecond, double burst, LongSupplier nanoTime) {
        this(perSecond, burst, 0, nanoTime);
    }

    Quota(@Nullable Double perSecond, double burst, double tokens, LongSupplier nanoTime) {
        this.perNano = perSecond == null ? null : perSecond / 1e9;
        this.burst = Math.max(burst, 1);
        this.tokens = Math.min(this.burst, tokens);
        this.nanoTime = nanoTime;
        this.filledAt = nanoTime.getAsLong();
    }

    /** A call that was let through, when this many had been answered. */
    record Ticket(long answeredBefore) {}

    /** Waits for a token, in turn; null if {@code stop} came first. */
    @Nullable
    Ticket acquire(BooleanSupplier stop) {
        if (perNano == null) {
            return stop.getAsBoolean() ? null : new Ticket(0);
        }
        turn.lock();
        try {
            while (!stop.getAsBoolean()) {
                Ticket ticket = take();
                if (ticket != null) {
                    return ticket;
                }
                LockSupport.parkNanos(Math.min(LONGEST_PARK, (long) Math.ceil((1 - left()) / perNano)));
            }
            return null;
        } finally {
            turn.unlock();
        }
    }

    private @Nullable Ticket take() {
        numbers.lock();
        try {
            refill();
            if (tokens < 1) {
                return null;
            }
            tokens -= 1;
            sent++;
            return new Ticket(answered);
        } finally {
            numbers.unlock();
        }
    }

    /**
     * The answer of a call came, and with it how many the upstream says are left. Fewer than thought count at once. More
     * count only where the number can be that of a bucket of this size (it once was that of an hour), less every call
     * that it may not include and a tenth in reserve.
     */
    void answered(Ticket ticket, @Nullable Integer remaining) {
        if (perNano == null) {
            return;
        }
        numbers.lock();
        try {
            answered++;
            if (remaining == null) {
                return;
            }
            refill();
            tokens = Math.min(tokens, remaining + 1.0);
            if (remaining <= burst) {
                long uncounted = sent - ticket.answeredBefore() - 1;
                tokens = Math.max(tokens, remaining - uncounted - Math.max(1, burst / 10));
            }
        } finally {
            numbers.unlock();
        }
    }

    /** Tokens that are left now. */
    double left() {
        numbers.lock();
        try {
            refill();
            return tokens;
        } finally {
            numbers.unlock();
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
