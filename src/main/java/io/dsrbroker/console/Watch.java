package io.dsrbroker.console;

import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.JobViews.JobView;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Looks at the requests of one open page every second, less often where looking takes long, and sends an event {@code
 * job-<id>} for each that differs from what was seen before.
 */
final class Watch implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Watch.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Set<UUID> open;
    private final @Nullable String client;
    private final SseEmitter emitter;
    private final JobViews jobs;
    private final BooleanSupplier closing;
    private final CountDownLatch left = new CountDownLatch(1);
    private final Map<UUID, JobView> seen = new HashMap<>();
    private long toldAt = System.nanoTime();

    Watch(Set<UUID> ids, @Nullable String client, SseEmitter emitter, JobViews jobs, BooleanSupplier closing) {
        this.open = new HashSet<>(ids);
        this.client = client;
        this.emitter = emitter;
        this.jobs = jobs;
        this.closing = closing;
    }

    /** The page is gone. */
    void leave() {
        left.countDown();
    }

    @Override
    public void run() {
        long end = System.nanoTime() + Watches.LIFETIME.toNanos();
        try {
            boolean more = true;
            while (more && System.nanoTime() < end && !closing.getAsBoolean()) {
                long start = System.nanoTime();
                look();
                more = !left.await(Math.max(LOOK.toNanos(), 10 * (System.nanoTime() - start)), TimeUnit.NANOSECONDS);
            }
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            log.debug("A page was left");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException e) {
            log.warn("A page is told no more; it will come back", e);
            emitter.complete();
        }
    }

    /** At first all is told, for it may have moved since the page was made. What has ended is told once more, and not looked at again until somebody opens the page anew. */
    private void look() throws IOException {
        for (JobView view : open.isEmpty() ? Set.<JobView>of() : jobs.of(open, client)) {
            UUID id = view.job().id().value();
            JobView before = seen.put(id, view);
            if (!view.equals(before)) {
                tell("job-" + id);
            }
            if (view.job().stage().ended()) {
                open.remove(id);
            }
        }
        if (System.nanoTime() - toldAt > HEARTBEAT.toNanos()) {
            toldAt = System.nanoTime();
            emitter.send(SseEmitter.event().comment("still here"));
        }
    }

    private void tell(String name) throws IOException {
        toldAt = System.nanoTime();
        emitter.send(SseEmitter.event().name(name).data("moved"));
    }
}
