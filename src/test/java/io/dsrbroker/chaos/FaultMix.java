package io.dsrbroker.chaos;

import io.dsrbroker.simulator.Fault;
import io.dsrbroker.simulator.Faults;
import io.dsrbroker.simulator.LoggedRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

/**
 * Something goes wrong with every fifth request, by chance from a seed. Throttling is one of two hundred faults only:
 * each stops a whole lane for seconds, and with more of it nothing else would happen.
 */
final class FaultMix implements Faults {

    private final Random random;
    private final LongAdder faults = new LongAdder();

    FaultMix(long seed) {
        this.random = new Random(seed);
    }

    /** How many requests something went wrong with. */
    long count() {
        return faults.sum();
    }

    @Override
    public Optional<Fault> on(LoggedRequest request) {
        if (request.upstream().equals("login")) {
            return Optional.empty();
        }
        double chance;
        int millis;
        synchronized (random) {
            chance = random.nextDouble() * 100;
            millis = 50 + random.nextInt(400);
        }
        if (chance >= 20) {
            return Optional.empty();
        }
        faults.increment();
        return Optional.of(fault(chance, millis));
    }

    private static Fault fault(double chance, int millis) {
        if (chance < 0.03) {
            return Fault.throttled(1);
        }
        if (chance < 0.05) {
            return Fault.throttled(-1);
        }
        if (chance < 0.08) {
            return Fault.error(503, "ServiceUnavailable").with("Retry-After", "1");
        }
        if (chance < 0.1) {
            return Fault.error(503, "ServiceUnavailable");
        }
        if (chance < 6) {
            return Fault.error(500, "InternalServerError");
        }
        if (chance < 9) {
            return Fault.hangUp();
        }
        if (chance < 11) {
            return Fault.hangUp().takingEffect();
        }
        if (chance < 15) {
            return Fault.truncated(20);
        }
        return Fault.late(Duration.ofMillis(millis));
    }
}
