package io.dsrbroker.lane;

import io.dsrbroker.job.ClaimedTask;
import io.dsrbroker.job.JobContext;
import io.dsrbroker.job.Requests;
import io.dsrbroker.job.TaskKind;
import io.dsrbroker.shared.JobId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * One replica's turn at a lane: claims READY tasks in chunks, works on them on virtual threads, settles in batches.
 *
 * <p>Reads in flight stay READY in the database, so a crash loses nothing; a DELETE in flight is RUNNING, and looked at first.
 */
final class LaneSlice {

    private static final Logger log = LoggerFactory.getLogger(LaneSlice.class);
    private static final Duration TICK = Duration.ofMillis(50);

    /** How long it stays when there is nothing to do: what waits only so long is not worth going for. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Lease lease;
    private final Gate gate;
    private final LaneLimits limits;
    private final Workshop workshop;
    private final Nudge nudge = new Nudge();
    private final Claims claims;
    private final Settling settling;
    private final Semaphore permits;
    private final Semaphore deletePermits;
    private final Map<JobId, JobContext> jobs = new ConcurrentHashMap<>();
    private Gate.@Nullable Pause noted;

    LaneSlice(Lease lease, Gate gate, LaneLimits limits, Workshop workshop) {
        this.lease = lease;
        this.gate = gate;
        this.limits = limits;
        this.workshop = workshop;
        this.claims = new Claims(lease, workshop.sources());
        this.settling = new Settling(lease, gate, claims, workshop.settler(), nudge);
        this.permits = new Semaphore(limits.concurrency());
        this.deletePermits = new Semaphore(Math.max(1, limits.concurrency() / 4));
    }

    /** What a slice works with. */
    record Workshop(
            Claims.Sources sources,
            Requests requests,
            Worker worker,
            Settler settler,
            Intents intents,
            LaneRows rows,
            LaneMetrics metrics) {}

    /** Works until the ending, or until nothing is left to do. Answers whether every call was answered. */
    boolean run(SliceEnding ending) throws InterruptedException {
        Thread settler = settling.start();
        boolean quiet = false;
        boolean waited = false;
        try {
            workshop.intents().recover(lease.lane(), lease.epoch());
            while (!quiet && !gate.over()) {
                dispatch(() -> ending.due() || ending.shuttingDown());
                claims.drop();
                quiet = quiet(ending);
                waited = true;
                if (ending.shuttingDown()) {
                    gate.stop();
                } else if (!quiet) {
                    gate.resume();
                    ending.postpone();
                }
            }
        } finally {
            if (!quiet) {
                gate.stop();
                quiet = !waited
                        && permits.tryAcquire(
                                limits.concurrency(), ending.patience().toMillis(), TimeUnit.MILLISECONDS);
            }
            if (!quiet) {
                log.warn("Lane {} is given back before {} calls were answered", lease.lane(), inFlight());
                gate.close();
            }
            settling.end();
            settler.join();
        }
        return quiet;
    }

    /**
     * Waits for what is in flight: as long as a pause lasts, or to the end where a person has stopped the lane; for a
     * moment otherwise. Answers whether nothing is any more; then nothing can be begun either.
     */
    private boolean quiet(SliceEnding ending) throws InterruptedException {
        long until = System.nanoTime() + ending.patience().toNanos();
        boolean stopping = false;
        notePause();
        while (System.nanoTime() < until || (!stopping && (gate.paused() || gate.stopped()))) {
            if (ending.shuttingDown() && !stopping) {
                stopping = true;
                gate.stop();
                until = System.nanoTime() + ending.patience().toNanos();
            }
            if (permits.tryAcquire(limits.concurrency(), TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    /** At once, so that people see it; and only once, lest it undo what they do then. */
    void notePause() {
        Gate.Pause pause = gate.pause();
        if (pause != null && !pause.equals(noted)) {
            workshop.rows()
                    .pause(lease.lane(), lease.epoch(), pause, gate.health().setbacks() + 1);
            noted = pause;
        }
    }

    private void dispatch(BooleanSupplier stop) throws InterruptedException {
        int before = inFlight();
        while (!gate.shut() && !stop.getAsBoolean()) {
            if (!claims.refill()) {
                if (!rest()) {
                    return;
                }
            } else if (claims.onlySuspects()) {
                alone(stop);
            } else if (gate.health().probing() && inFlight() > before) {
                nudge.rest(TICK);
            } else if (permits.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                begin();
            }
        }
    }

    private void begin() throws InterruptedException {
        boolean deletesToo = deletePermits.tryAcquire();
        ClaimedTask task = claims.next(deletesToo);
        if (deletesToo && (task == null || !deletes(task))) {
            deletePermits.release();
        }
        if (task == null) {
            permits.release();
            nudge.rest(TICK.dividedBy(10));
        } else {
            start(task);
        }
    }

    /** Works on a suspect once nothing else is in flight, and until it is done. */
    private void alone(BooleanSupplier stop) throws InterruptedException {
        if (!permits.tryAcquire(limits.concurrency(), TICK.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        ClaimedTask suspect = claims.suspect();
        if (suspect == null) {
            permits.release(limits.concurrency());
            nudge.rest(LINGER);
            return;
        }
        permits.release(limits.concurrency() - 1);
        if (deletes(suspect)) {
            deletePermits.acquire();
        }
        try {
            start(suspect);
            boolean done = false;
            while (!done && !stop.getAsBoolean()) {
                done = permits.tryAcquire(limits.concurrency(), TICK.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (done) {
                permits.release(limits.concurrency());
            }
        } finally {
            claims.suspectEnded();
        }
    }

    private void start(ClaimedTask task) {
        if (claims.silent(task)) {
            claims.putBack(task.id());
            done(task);
        } else {
            Thread.ofVirtual().name("task-" + task.id()).start(() -> work(task));
        }
    }

    /** Answers whether there may be something to do. */
    private boolean rest() throws InterruptedException {
        if (inFlight() > 0) {
            nudge.rest(TICK.multipliedBy(2));
            return true;
        }
        // What is due and was not claimed all the same cannot be worked on now.
        Duration due = workshop.rows()
                .untilNextDue(lease.lane())
                .filter(wait -> !wait.isZero() && wait.compareTo(LINGER) < 0)
                .orElse(LINGER);
        return nudge.rest(due) || due.compareTo(LINGER) < 0;
    }

    private static boolean deletes(ClaimedTask task) {
        return task.kind() == TaskKind.DELETE && !task.awaited();
    }

    private void done(ClaimedTask task) {
        permits.release();
        if (deletes(task)) {
            deletePermits.release();
        }
    }

    private void work(ClaimedTask task) {
        try {
            JobContext job = job(task);
            if (job == null) {
                return;
            }
            workshop.worker()
                    .perform(new Attempt(
                            task,
                            job,
                            gate,
                            settling::hand,
                            intent -> workshop.intents().begin(lease.lane(), lease.epoch(), task, intent)));
        } catch (Gate.Shut e) {
            claims.putBack(task.id());
        } catch (Gate.Refused e) {
            claims.refuse(task.id());
        } catch (LaneRows.LaneLost e) {
            gate.close();
            claims.putBack(task.id());
        } catch (RuntimeException | Error e) {
            log.error(
                    "Job {} task {}: lane {} rests for a while and tries again",
                    task.job(),
                    task.id(),
                    lease.lane(),
                    e);
            gate.broken();
            claims.putBack(task.id());
        } finally {
            done(task);
        }
    }

    /** What its job is about; null where that cannot be opened: then the other jobs of the lane go on. */
    private @Nullable JobContext job(ClaimedTask task) {
        try {
            return jobs.computeIfAbsent(task.job(), workshop.requests()::context);
        } catch (DataAccessException | TransactionException e) {
            throw e;
        } catch (RuntimeException e) {
            log.error("Job {}: its request cannot be opened; its tasks wait until it can", task.job(), e);
            claims.shun(task.job());
            claims.putBack(task.id());
            return null;
        }
    }

    /** Calls in flight. */
    int inFlight() {
        return limits.concurrency() - permits.availablePermits();
    }

    /** Results settled so far. */
    long settled() {
        return settling.settled();
    }

    /** There may be something to do. */
    void nudge() {
        nudge.give();
    }
}
