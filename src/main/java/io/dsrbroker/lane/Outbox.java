package io.dsrbroker.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Results on their way to the database: handed out in batches, and bounded by the memory that they hold. */
final class Outbox {

    static final int BATCH = 256;
    static final Duration LONGEST_WAIT = Duration.ofMillis(200);

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(25);

    private static final int CAPACITY = 24 * 1024 * 1024;
    private static final int BATCH_WEIGHT = 8 * 1024 * 1024;

    private final Semaphore room = new Semaphore(CAPACITY, true);
    private final BlockingQueue<Result> queue = new LinkedBlockingQueue<>();
    /** Short after a rest, so that little is settled at once; longer with every batch, so that much is settled together. */
    private long wait = SHORTEST_WAIT.toNanos();

    /** Adds a result; waits while too much is on its way. */
    void add(Result result) throws InterruptedException {
        room.acquire(weight(result));
        queue.add(result);
    }

    /**
     * The next batch: full, or as much as came within a wait of at most 200 ms after its first. Empty when nothing came
     * within {@code patience}. For one thread.
     */
    List<Result> next(Duration patience) throws InterruptedException {
        List<Result> batch = new ArrayList<>();
        Result first = queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (first == null) {
            wait = SHORTEST_WAIT.toNanos();
            return batch;
        }
        long deadline = System.nanoTime() + wait;
        wait = Math.min(2 * wait, LONGEST_WAIT.toNanos());
        int heavy = 0;
        for (@Nullable Result result = first; result != null; result = more(batch.size(), heavy, deadline)) {
            batch.add(result);
            heavy += weight(result);
        }
        return batch;
    }

    private @Nullable Result more(int size, int heavy, long deadline) throws InterruptedException {
        return size >= BATCH || heavy >= BATCH_WEIGHT
                ? null
                : queue.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /** Makes room again for what a batch held. */
    void done(List<Result> batch) {
        batch.forEach(result -> room.release(weight(result)));
    }

    private static int weight(Result result) {
        return Math.min(result.weight(), CAPACITY);
    }
}
