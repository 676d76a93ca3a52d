package io.dsrbroker.housekeeping;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Samples the figures of the database, on every replica. Where that is slow it is done less often, and where it fails the
 * figures stay as they are while {@code dsr.sample.age} grows.
 */
@Component
class Sampler implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Sampler.class);

    /** So many times as long as sampling took nothing is sampled: it never is more than a twentieth of one connection. */
    private static final int REST = 20;

    private final List<FigureQuery> queries;
    private final Readings readings;
    private final HousekeepingMetrics metrics;
    private final HousekeepingProperties properties;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Thread thread;
    private boolean failing;

    Sampler(
            List<FigureQuery> queries,
            Readings readings,
            HousekeepingMetrics metrics,
            HousekeepingProperties properties) {
        this.queries = queries;
        this.readings = readings;
        this.metrics = metrics;
        this.properties = properties;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("sampler").start(this::run);
    }

    /** Not interrupted: that would break the connection that it may be using. */
    @Override
    public void stop() {
        stopped.countDown();
        try {
            if (thread != null) {
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null && stopped.getCount() > 0;
    }

    private void run() {
        try {
            Duration wait = Duration.ZERO;
            while (!stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                Duration rest = sample().multipliedBy(REST);
                wait = rest.compareTo(properties.sample()) > 0 ? rest : properties.sample();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One query that fails keeps no other waiting, unless none can be asked at all. Answers how long it took. */
    private Duration sample() {
        RuntimeException failure = null;
        Duration took = Duration.ZERO;
        for (FigureQuery query : queries) {
            long since = System.nanoTime();
            try {
                Readings.Reading reading = readings.of(query);
                took = took.plus(reading.took());
                metrics.show(query.gauges(), reading.figures());
            } catch (CannotCreateTransactionException e) {
                failure = e;
                break;
            } catch (RuntimeException e) {
                took = took.plusNanos(System.nanoTime() - since);
                failure = e;
            }
        }
        if (failure == null) {
            metrics.sampled();
        }
        tell(failure);
        return took;
    }

    /** Once, not every time. */
    private void tell(@Nullable RuntimeException failure) {
        if (failure != null && !failing) {
            log.warn("Not all figures could be sampled; the last ones are shown, and this is tried again", failure);
        } else if (failure == null && failing) {
            log.info("All figures are sampled again");
        }
        failing = failure != null;
    }
}
