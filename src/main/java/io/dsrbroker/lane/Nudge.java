package io.dsrbroker.lane;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Ends a slice's rest early, because there may be something to do. */
final class Nudge {

    private final Semaphore given = new Semaphore(0);

    /** Remembered until somebody rests. */
    void give() {
        if (given.availablePermits() == 0) {
            given.release();
        }
    }

    /** Rests; answers whether it was nudged. */
    boolean rest(Duration longest) throws InterruptedException {
        boolean nudged = given.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
        given.drainPermits();
        return nudged;
    }
}
