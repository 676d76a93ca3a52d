package io.dsrbroker.callback;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends what is due at one host, a few at a time and one of each job, so that what a portal is told comes in order
 * unless a try fails.
 *
 * <p>However long a host takes, it holds one of the scheduler's threads, and all hosts together hold {@value #HOSTS}.
 */
@Component
class CallbackDriver {

    private static final int HOSTS = 8;
    private static final Duration SLICE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration CROWDED = Duration.ofSeconds(1);

    /** How late a callback can be of which nobody was told. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final CallbackRows rows;
    private final CallbackAttempt attempt;
    private final Clock clock;
    private final int concurrency;
    private final Semaphore hosts = new Semaphore(HOSTS);

    CallbackDriver(CallbackRows rows, CallbackAttempt attempt, Clock clock, CallbackProperties properties) {
        this.rows = rows;
        this.attempt = attempt;
        this.clock = clock;
        this.concurrency = properties.concurrency();
    }

    /** Drives a host until nothing is due; answers when to come back. */
    Next drive(String host, BooleanSupplier leaving) throws InterruptedException {
        if (!hosts.tryAcquire()) {
            return new Next.Crowded(clock.instant().plus(CROWDED));
        }
        try {
            send(new Underway(host, leaving));
        } finally {
            hosts.release();
        }
        Instant idle = clock.instant().plus(IDLE);
        return rows.nextAt(host)
                .<Next>map(next -> new Next.At(next.isBefore(idle) ? next : idle))
                .orElseGet(Next.Never::new);
    }

    private void send(Underway underway) throws InterruptedException {
        Instant end = clock.instant().plus(SLICE);
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("callback-", 0).factory());
        try (threads) {
            boolean more = true;
            while (more && clock.instant().isBefore(end) && !underway.leaving.getAsBoolean()) {
                more = underway.sendNext(threads);
            }
            while (underway.busy() && !underway.leaving.getAsBoolean()) {
                underway.rest();
            }
            if (underway.busy()) {
                underway.abandoned = true;
                threads.shutdownNow();
            }
        }
        RuntimeException failure = underway.failure;
        if (failure != null) {
            throw new IllegalStateException("What came of a callback could not be written down", failure);
        }
    }

    /** What is under way to one host. */
    private final class Underway {

        private final String host;
        private final BooleanSupplier leaving;
        private final Semaphore free = new Semaphore(concurrency);
        private final Semaphore ended = new Semaphore(0);
        private final Set<UUID> jobs = ConcurrentHashMap.newKeySet();
        private volatile boolean abandoned;
        private volatile @Nullable RuntimeException failure;

        Underway(String host, BooleanSupplier leaving) {
            this.host = host;
            this.leaving = leaving;
        }

        boolean busy() {
            return !jobs.isEmpty();
        }

        /** Waits for one to end, but not for long. */
        void rest() throws InterruptedException {
            if (ended.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                ended.drainPermits();
            }
        }

        /** Answers false when nothing is due or under way any more. */
        boolean sendNext(ExecutorService threads) throws InterruptedException {
            if (failure != null) {
                // Else the same callback would be sent over and over.
                return false;
            }
            if (!free.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
            boolean wasBusy = busy();
            Optional<Pending> next = rows.next(host, jobs);
            if (next.isEmpty()) {
                free.release();
                if (busy()) {
                    rest();
                }
                // What ended while we looked may have kept its job's next callback out of sight.
                return wasBusy;
            }
            jobs.add(next.get().job().value());
            threads.execute(() -> make(next.get()));
            return true;
        }

        private void make(Pending callback) {
            try {
                attempt.make(callback, () -> abandoned);
            } catch (RuntimeException e) {
                failure = e;
            } finally {
                jobs.remove(callback.job().value());
                free.release();
                ended.release();
            }
        }
    }
}
