package io.dsrbroker.lane;

import io.dsrbroker.catalogue.Call;
import io.dsrbroker.upstream.OperationStatus;
import io.dsrbroker.upstream.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Lets calls of one lane through: within its quota, and not while it is paused or being given up. */
final class Gate {

    static final String THROTTLED = "THROTTLED";
    static final String CREDENTIALS_REJECTED = "CREDENTIALS_REJECTED";
    static final String BROKEN = "BROKEN";

    private static final Duration UNTOLD_PAUSE = Duration.ofSeconds(5);
    private static final Duration CREDENTIALS_PAUSE = Duration.ofSeconds(30);
    private static final Duration BROKEN_PAUSE = Duration.ofSeconds(10);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

    private final Quota reads;
    private final Quota deletes;
    private final LaneMetrics.Sent sent;
    private final Health health;
    private final Clock clock;
    private final AtomicReference<@Nullable Pause> pause = new AtomicReference<>();
    private volatile boolean stopped;
    private volatile boolean closed;

    Gate(LaneLimits limits, Allowance left, Health health, LaneMetrics.Sent sent, Clock clock) {
        this.reads = new Quota(limits.readsPerSecond(), limits.readBurst(), left.reads(), System::nanoTime);
        this.deletes = new Quota(limits.deletesPerSecond(), limits.deleteBurst(), left.deletes(), System::nanoTime);
        this.health = health;
        this.sent = sent;
        this.clock = clock;
    }

    /** Why and until when the lane sends nothing. */
    record Pause(Instant until, String reason) {}

    /** Tokens in the two buckets. */
    record Allowance(double reads, double deletes) {

        static final Allowance NONE = new Allowance(0, 0);
    }

    /** A call that was let through. */
    record Pass(Quota quota, Quota.Ticket ticket) {}

    /** Waits until this call may be sent; {@link Shut} when it may not be sent in this slice. */
    Pass pass(Call call) {
        return pass(call.method().equals("DELETE") ? deletes : reads);
    }

    /** Waits until something may be read. */
    Pass passRead() {
        return pass(reads);
    }

    private Pass pass(Quota quota) {
        Quota.Ticket ticket = quota.acquire(this::shut);
        if (ticket == null) {
            throw new Shut();
        }
        (quota == deletes ? sent.deletes() : sent.reads()).add();
        return new Pass(quota, ticket);
    }

    /** Takes to heart what a call that was let through came to. */
    void saw(Pass pass, Outcome outcome) {
        pass.quota().answered(pass.ticket(), outcome.exchange().remaining());
        if (health.breaks(outcome)) {
            pause(health.pause(BROKEN_PAUSE), BROKEN);
        }
    }

    /** The same for the state of an operation. */
    void saw(Pass pass, OperationStatus status) {
        if (status instanceof OperationStatus.Unreadable unreadable) {
            saw(pass, unreadable.outcome());
        } else {
            pass.quota().answered(pass.ticket(), status.exchange().remaining());
            health.works();
        }
    }

    /** The upstream asks for less; null when it did not say for how long. Answers the length of the pause. */
    Duration throttled(@Nullable Duration told) {
        return pause(told == null ? health.pause(UNTOLD_PAUSE) : told, THROTTLED);
    }

    /** The upstream does not accept the broker's credentials. Answers the length of the pause. */
    Duration credentialsRejected() {
        return pause(health.pause(CREDENTIALS_PAUSE), CREDENTIALS_REJECTED);
    }

    /** The broker itself cannot go on with the lane for a while. */
    void broken() {
        pause(UNTOLD_PAUSE, BROKEN);
    }

    /** Stops all sending for a while; the longer of two pauses counts. */
    private Duration pause(Duration length, String reason) {
        Duration atLeast = length.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : length;
        Pause asked = new Pause(clock.instant().plus(atLeast), reason);
        pause.updateAndGet(now -> now == null || now.until().isBefore(asked.until()) ? asked : now);
        return atLeast;
    }

    /** Goes on where a pause is over. */
    void resume() {
        Pause over = pause.get();
        if (over != null && !over.until().isAfter(clock.instant()) && pause.compareAndSet(over, null)) {
            health.setback();
        }
    }

    /** Stops all sending: the lane is being given back. What is in flight counts still. */
    void stop() {
        stopped = true;
    }

    /** Stops all sending, and nothing that is in flight counts any more: the lane was lost. */
    void close() {
        closed = true;
    }

    /** Whether the lane is being given back. */
    boolean stopped() {
        return stopped;
    }

    /** Whether nothing more is sent in this slice. */
    boolean over() {
        return stopped || closed;
    }

    boolean closed() {
        return closed;
    }

    @Nullable
    Pause pause() {
        return pause.get();
    }

    /** Whether it sends nothing because of a pause that is not over. */
    boolean paused() {
        Pause now = pause.get();
        return now != null && now.until().isAfter(clock.instant());
    }

    boolean shut() {
        return over() || pause.get() != null;
    }

    Health health() {
        return health;
    }

    /** What is left of both quotas. */
    Allowance left() {
        return new Allowance(reads.left(), deletes.left());
    }

    /** A DELETE must not be sent: its job is held, has ended, or its plan has changed; its task stays as it is. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused() {
            super("The DELETE may not be sent now", null, false, false);
        }
    }

    /** A call was not sent because the lane is paused or given up; its task stays as it is. */
    static final class Shut extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Shut() {
            super("The lane sends nothing now", null, false, false);
        }
    }
}
