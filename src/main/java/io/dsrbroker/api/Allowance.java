package io.dsrbroker.api;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens for everyone who comes, filled at a steady rate.
 *
 * <p>All that is kept of a bucket is when it will be full again, and only of the buckets that were used last: whoever is
 * forgotten has a full one.
 */
final class Allowance {

    private static final int MOST = 10_000;

    private final long perToken;
    private final long whole;
    private final LongSupplier nanos;
    private final long origin;
    private final Map<String, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    /**
     * Buckets of this size.
     *
     * @param nanos a clock like {@link System#nanoTime()}
     */
    Allowance(int perSecond, int burst, LongSupplier nanos) {
        this.perToken = Duration.ofSeconds(1).toNanos() / perSecond;
        this.whole = perToken * burst;
        this.nanos = nanos;
        this.origin = nanos.getAsLong();
    }

    /** Takes a token. Answers how long to wait for one, zero where it was there. */
    synchronized Duration take(String who) {
        long now = now();
        long full = Math.max(fullAt.getOrDefault(who, now), now) + perToken;
        if (full - now > whole) {
            return Duration.ofNanos(full - now - whole);
        }
        fullAt.put(who, full);
        return Duration.ZERO;
    }

    /** How long to wait for a token, without taking it. */
    synchronized Duration look(String who) {
        long now = now();
        long full = Math.max(fullAt.getOrDefault(who, now), now) + perToken;
        return Duration.ofNanos(Math.max(0, full - now - whole));
    }

    /** How many buckets it keeps. */
    synchronized int size() {
        return fullAt.size();
    }

    private long now() {
        return nanos.getAsLong() - origin;
    }
}
