package io.dsrbroker.lane;

import java.util.function.LongSupplier;

/** How many there were a second, in the last minute. */
final class Recent {

    private static final int SECONDS = 60;
    private static final long SECOND = 1_000_000_000;

    private final LongSupplier nanoTime;
    private final int[] counts = new int[SECONDS];
    private long newest;

    Recent(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.newest = second();
    }

    /** One more. */
    synchronized void add() {
        forget();
        counts[slot(newest)]++;
    }

    synchronized double perSecond() {
        forget();
        long sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return (double) sum / SECONDS;
    }

    /** Empties the seconds that have begun since. */
    private void forget() {
        long now = second();
        for (long second = Math.max(newest + 1, now - SECONDS + 1); second <= now; second++) {
            counts[slot(second)] = 0;
        }
        newest = now;
    }

    private long second() {
        return Math.floorDiv(nanoTime.getAsLong(), SECOND);
    }

    private static int slot(long second) {
        return Math.floorMod(second, SECONDS);
    }
}
