package io.dsrbroker.lane;

import io.dsrbroker.catalogue.Catalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * What one lane may do.
 *
 * @param readsPerSecond how many reads a second the upstream allows, over all replicas; without it there is no limit
 * @param readBurst how many reads it allows at once after a while without any: the size of the bucket
 * @param deletesPerSecond how many deletes a second it allows; without it there is no limit
 * @param deleteBurst how many deletes it allows at once after a while without any
 * @param concurrency how many calls of one lane may be in flight at a time
 */
@ConfigurationPropertiesSource
record LaneLimits(
        @Nullable Double readsPerSecond,
        @DefaultValue("1") double readBurst,
        @Nullable Double deletesPerSecond,
        @DefaultValue("1") double deleteBurst,
        @DefaultValue("64") int concurrency) {

    private static final LaneLimits OTHERS = new LaneLimits(50.0, 100, 10.0, 50, 64);

    /** A lane that may send nothing would wait for ever. */
    LaneLimits {
        if (concurrency < 1
                || (readsPerSecond != null && !(readsPerSecond > 0))
                || (deletesPerSecond != null && !(deletesPerSecond > 0))) {
            throw new IllegalArgumentException("The rates and the concurrency of a lane must be more than 0");
        }
    }

    /** What an allowance has become after this time. */
    Gate.Allowance refilled(Gate.Allowance left, Duration idle) {
        double seconds = idle.toMillis() / 1000.0;
        return new Gate.Allowance(
                left.reads() + seconds * (readsPerSecond == null ? 0 : readsPerSecond),
                left.deletes() + seconds * (deletesPerSecond == null ? 0 : deletesPerSecond));
    }

    /** The limits of every upstream's lanes, from {@code dsr.lanes.<upstream>}; wrong ones keep the broker from starting. */
    @Component
    static class Book {

        private final Map<String, LaneLimits> limits = new HashMap<>();

        Book(Environment environment, Catalogue catalogue) {
            Binder binder = Binder.get(environment);
            Stream.concat(catalogue.upstreams().keySet().stream(), Stream.of(ContentFetching.UPSTREAM))
                    .forEach(upstream -> binder.bind("dsr.lanes." + upstream, Bindable.of(LaneLimits.class))
                            .ifBound(found -> limits.put(upstream, found)));
        }

        LaneLimits of(String upstream) {
            return limits.getOrDefault(upstream, OTHERS);
        }
    }
}
