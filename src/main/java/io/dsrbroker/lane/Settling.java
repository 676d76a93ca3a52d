package io.dsrbroker.lane;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the results of a slice as they come and settles them in batches, on a thread of its own. */
final class Settling {

    private static final Logger log = LoggerFactory.getLogger(Settling.class);
    private static final Duration TICK = Duration.ofMillis(50);

    private final Lease lease;
    private final Gate gate;
    private final Claims claims;
    private final Settler settler;
    private final Nudge nudge;
    private final Outbox outbox = new Outbox();
    private final AtomicLong settled = new AtomicLong();
    /** A batch could not be settled: nothing later of this slice counts, or a page of a list would be skipped. */
    private volatile boolean broken;

    private volatile boolean over;

    Settling(Lease lease, Gate gate, Claims claims, Settler settler, Nudge nudge) {
        this.lease = lease;
        this.gate = gate;
        this.claims = claims;
        this.settler = settler;
        this.nudge = nudge;
    }

    Thread start() {
        return Thread.ofVirtual().name("settle-" + lease.lane()).start(this::run);
    }

    /** No more results will come; what is there is settled still. */
    void end() {
        over = true;
    }

    /** Takes a result; {@link Gate.Shut} where it would not count any more. */
    void hand(Result result) {
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

    /** Results settled so far. */
    long settled() {
        return settled.get();
    }

    private void run() {
        try {
            while (true) {
                // Read first: what came before the end must not be missed.
                boolean last = over;
                List<Result> batch = outbox.next(TICK);
                if (!batch.isEmpty()) {
                    settle(batch);
                    nudge.give();
                } else if (last) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void settle(List<Result> batch) {
        List<Result> kept = batch.stream().filter(result -> !worthless(result)).toList();
        try {
            if (!kept.isEmpty()) {
                claims.spoil(settler.settle(lease.lane(), lease.epoch(), kept));
                settled.addAndGet(kept.size());
            }
        } catch (LaneRows.LaneLost e) {
            log.warn(
                    "Lane {} was taken over by another replica; {} late outcomes are dropped",
                    lease.lane(),
                    kept.size());
            gate.close();
        } catch (RuntimeException | Error e) {
            log.error(
                    "Lane {}: {} outcomes could not be settled; they and all later ones are dropped, and the lane is"
                            + " taken anew from what the database holds",
                    lease.lane(),
                    kept.size(),
                    e);
            broken = true;
            gate.broken();
        } finally {
            outbox.done(batch);
            batch.stream()
                    .filter(Result::last)
                    .map(result -> result.task().id())
                    .forEach(claims::settled);
        }
    }

    private boolean worthless(Result result) {
        return broken || gate.closed() || claims.spoilt(result.task().id());
    }
}
