package io.dsrbroker.lane;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * What one lane may do.
 *
 * @param readsPerSecond reads that refill the bucket; null for no limit
 * @param readBurst size of the bucket of reads
 * @param deletesPerSecond deletes that refill their bucket; null for no limit
 * @param deleteBurst size of the bucket of deletes
 * @param concurrency calls in flight at a time
 */
record LaneLimits(
        @Nullable Double readsPerSecond,
        @DefaultValue("1") double readBurst,
        @Nullable Double deletesPerSecond,
        @DefaultValue("1") double deleteBurst,
        @DefaultValue("64") int concurrency) {

    private static final LaneLimits OTHERS = new LaneLimits(50.0, 100, 10.0, 50, 64);

    /** What an allowance has become after this time. */
    Gate.Allowance refilled(Gate.Allowance left, Duration idle) {
        double seconds = idle.toMillis() / 1000.0;
        return new Gate.Allowance(
                left.reads() + seconds * (readsPerSecond == null ? 0 : readsPerSecond),
                left.deletes() + seconds * (deletesPerSecond == null ? 0 : deletesPerSecond));
    }

    /** Reads the limits of an upstream from {@code dsr.lanes.<upstream>}. */
    @Component
    static class Book {

        private final Binder binder;

        Book(Environment environment) {
            this.binder = Binder.get(environment);
        }

        LaneLimits of(String upstream) {
            return binder.bind("dsr.lanes." + upstream, Bindable.of(LaneLimits.class))
                    .orElse(OTHERS);
        }
    }
}
