package io.dsrbroker.lane;

import io.dsrbroker.job.ClaimedTask;
import io.dsrbroker.job.JobContext;
import io.dsrbroker.job.Requests;
import io.dsrbroker.job.TaskKind;
import io.dsrbroker.job.Tasks;
import io.dsrbroker.job.Verifications;
import io.dsrbroker.shared.JobId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica's turn at a lane: claims READY tasks in chunks, works on them on virtual threads, settles in batches.
 *
 * <p>Reads in flight stay READY in the database, so a crash loses nothing; a DELETE in flight is RUNNING, and looked at first.
 */
final class LaneSlice {

    private static final Logger log = LoggerFactory.getLogger(LaneSlice.class);
    private static final int CHUNK = 512;
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final String lane;
    private final long epoch;
    private final Gate gate;
    private final LaneLimits limits;
    private final Workshop workshop;
    private final Outbox outbox = new Outbox();
    private final Semaphore permits;
    private final Set<UUID> inFlight = ConcurrentHashMap.newKeySet();
    /** Settled since the last claim began, whose snapshot may still show them as READY. */
    private final Set<UUID> justSettled = ConcurrentHashMap.newKeySet();

    private final Map<JobId, JobContext> jobs = new ConcurrentHashMap<>();
    private final Map<UUID, UUID> behind = new HashMap<>();
    private final Deque<ClaimedTask> claimed = new ArrayDeque<>();
    /** Apart, so that deletes, which are few a second, do not keep reads waiting. */
    private final Deque<ClaimedTask> deletes = new ArrayDeque<>();

    /** Not to be asked for again in this slice. */
    private final Set<UUID> refused = ConcurrentHashMap.newKeySet();

    private final Semaphore deletePermits;
    private long refilledAt;
    private final Set<JobId> silent = ConcurrentHashMap.newKeySet();
    private long askedAt;
    private final AtomicLong settled = new AtomicLong();
    /** Tasks of which an outcome could not be kept: nothing later of them counts. */
    private final Set<UUID> spoilt = ConcurrentHashMap.newKeySet();

    /** A batch could not be settled: nothing later of this slice counts, or a page of a list would be skipped. */
    private volatile boolean broken;

    private volatile boolean dispatching = true;

    LaneSlice(String lane, long epoch, Gate gate, LaneLimits limits, Workshop workshop) {
        this.lane = lane;
        this.epoch = epoch;
        this.gate = gate;
        this.limits = limits;
        this.workshop = workshop;
        this.permits = new Semaphore(limits.concurrency());
        this.deletePermits = new Semaphore(Math.max(1, limits.concurrency() / 4));
    }

    /** What a slice works with. */
    record Workshop(Tasks tasks, Requests requests, Worker worker, Settler settler, Upheaval upheaval) {}

    /** What a slice needs to carry deletes out. */
    record Upheaval(Verifications verifications, Intents intents) {}

    /** Works until {@code stop} says so, the lane pauses, or nothing is left to do. */
    void run(BooleanSupplier stop) throws InterruptedException {
        Thread settling = Thread.ofVirtual().name("settle-" + lane).start(this::settle);
        try {
            dispatch(stop);
        } finally {
            // What is in flight may finish, unless the lane is shut.
            permits.acquire(limits.concurrency());
            dispatching = false;
            settling.join();
        }
    }

    private void dispatch(BooleanSupplier stop) throws InterruptedException {
        workshop.upheaval().intents().recover(lane, epoch);
        while (!gate.shut() && !stop.getAsBoolean()) {
            if (claimed.isEmpty() && timeToRefill() && !refill() && deletes.isEmpty()) {
                if (inFlight.isEmpty()) {
                    return;
                }
                Thread.sleep(TICK);
                continue;
            }
            if (permits.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                ClaimedTask task = next();
                if (task == null) {
                    permits.release();
                    Thread.sleep(TICK.dividedBy(10));
                } else if (silent(task)) {
                    inFlight.remove(task.id());
                    done(task);
                } else {
                    Thread.ofVirtual().name("task-" + task.id()).start(() -> work(task));
                }
            }
        }
        claimed.forEach(task -> inFlight.remove(task.id()));
        deletes.forEach(task -> inFlight.remove(task.id()));
    }

    /** As long as deletes wait for their turn, new reads are looked for from time to time only. */
    private boolean timeToRefill() {
        return deletes.isEmpty() || System.nanoTime() - refilledAt >= LOOK_EVERY.toNanos();
    }

    private @Nullable ClaimedTask next() {
        ClaimedTask read = claimed.poll();
        if (read != null || deletes.isEmpty() || !deletePermits.tryAcquire()) {
            return read;
        }
        return deletes.poll();
    }

    private void done(ClaimedTask task) {
        permits.release();
        if (task.kind() == TaskKind.DELETE) {
            deletePermits.release();
        }
    }

    /** Whether its job was held, or has ended, since it was claimed. */
    private boolean silent(ClaimedTask task) {
        if (System.nanoTime() - askedAt >= LOOK_EVERY.toNanos()) {
            Set<JobId> asked = new HashSet<>(Set.of(task.job()));
            claimed.forEach(other -> asked.add(other.job()));
            deletes.forEach(other -> asked.add(other.job()));
            silent.clear();
            silent.addAll(workshop.requests().silent(asked));
            askedAt = System.nanoTime();
        }
        return silent.contains(task.job());
    }

    /** Claims the next chunk; answers whether there is anything to do. */
    private boolean refill() {
        refilledAt = System.nanoTime();
        workshop.tasks().wakeRetries(lane);
        justSettled.clear();
        workshop.upheaval().verifications().due(lane, CHUNK).forEach(this::claim);
        List<ClaimedTask> found = workshop.tasks().ready(lane, behind, CHUNK);
        if (found.isEmpty()) {
            // At the end of every job: begin again, for what has become READY behind us.
            boolean wrapped = !behind.isEmpty();
            behind.clear();
            found = wrapped ? workshop.tasks().ready(lane, behind, CHUNK) : found;
        }
        for (ClaimedTask task : found) {
            behind.put(task.job().value(), task.id());
            claim(task);
        }
        return !claimed.isEmpty();
    }

    private void claim(ClaimedTask task) {
        if (!inFlight.add(task.id())) {
            return;
        }
        if (justSettled.contains(task.id()) || refused.contains(task.id())) {
            inFlight.remove(task.id());
        } else if (task.kind() == TaskKind.DELETE) {
            deletes.add(task);
        } else {
            claimed.add(task);
        }
    }

    private void work(ClaimedTask task) {
        try {
            JobContext job = jobs.computeIfAbsent(task.job(), workshop.requests()::context);
            workshop.worker()
                    .perform(new Attempt(
                            task,
                            job,
                            gate,
                            this::hand,
                            intent -> workshop.upheaval().intents().begin(lane, epoch, task, intent)));
        } catch (Gate.Shut e) {
            inFlight.remove(task.id());
        } catch (Gate.Refused e) {
            refused.add(task.id());
            inFlight.remove(task.id());
        } catch (LaneRows.LaneLost e) {
            gate.close();
            inFlight.remove(task.id());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            log.error("Job {} task {}: lane {} rests for a while and tries again", task.job(), task.id(), lane, e);
            gate.pause(Duration.ofSeconds(5), "BROKEN");
            inFlight.remove(task.id());
        } finally {
            done(task);
        }
    }

    private void hand(Result result) {
        if (worthless(result)) {
            throw new Gate.Shut();
        }
        try {
            outbox.add(result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Gate.Shut();
        }
    }

    private void settle() {
        try {
            while (true) {
                List<Result> batch = outbox.next(TICK);
                if (batch.isEmpty()) {
                    if (!dispatching) {
                        return;
                    }
                    continue;
                }
                settle(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void settle(List<Result> batch) {
        List<Result> kept = batch.stream().filter(result -> !worthless(result)).toList();
        try {
            if (!kept.isEmpty()) {
                spoilt.addAll(workshop.settler().settle(lane, epoch, kept));
                settled.addAndGet(kept.size());
            }
        } catch (LaneRows.LaneLost e) {
            log.warn("Lane {} was taken over by another replica; {} late outcomes are dropped", lane, kept.size());
            gate.close();
        } catch (RuntimeException e) {
            log.error(
                    "Lane {}: {} outcomes could not be settled; they and all later ones are dropped, and the lane is"
                            + " taken anew from what the database holds",
                    lane,
                    kept.size(),
                    e);
            broken = true;
            gate.pause(Duration.ofSeconds(5), "BROKEN");
        } finally {
            outbox.done(batch);
            batch.stream()
                    .filter(Result::last)
                    .map(result -> result.task().id())
                    .forEach(id -> {
                        // In this order: a claim that sees it neither here nor there would take it again.
                        justSettled.add(id);
                        inFlight.remove(id);
                    });
        }
    }

    private boolean worthless(Result result) {
        return broken || gate.closed() || spoilt.contains(result.task().id());
    }

    /** Calls in flight. */
    int inFlight() {
        return limits.concurrency() - permits.availablePermits();
    }

    /** Results settled so far. */
    long settled() {
        return settled.get();
    }
}
