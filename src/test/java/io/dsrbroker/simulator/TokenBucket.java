package io.dsrbroker.simulator;

/** Refills by the nanosecond; after a refusal nothing goes through before the time that was told, whatever has come in meanwhile. */
final class TokenBucket {

    private static final double NANOS = 1e9;

    private final double perSecond;
    private final int size;
    private double tokens;
    private long filledAt;
    private long closedUntil;
    private boolean closed;

    TokenBucket(double perSecond, int size, long now) {
        this.perSecond = perSecond;
        this.size = size;
        this.tokens = size;
        this.filledAt = now;
    }

    /**
     * What a call gets.
     *
     * @param remaining whole tokens that are left
     * @param retryAfterSeconds 0 when it goes on, else the seconds to stay away
     */
    record Grant(long remaining, long retryAfterSeconds) {
        boolean refused() {
            return retryAfterSeconds > 0;
        }
    }

    synchronized Grant take(long now) {
        tokens = Math.min(size, tokens + (now - filledAt) / NANOS * perSecond);
        filledAt = now;
        if (closed && now - closedUntil < 0) {
            return new Grant(0, seconds((closedUntil - now) / NANOS));
        }
        closed = tokens < 1;
        if (closed) {
            long wait = seconds((1 - tokens) / perSecond);
            closedUntil = now + wait * 1_000_000_000;
            return new Grant(0, wait);
        }
        tokens--;
        return new Grant((long) tokens, 0);
    }

    private static long seconds(double exact) {
        return Math.max(1, (long) Math.ceil(exact));
    }
}
