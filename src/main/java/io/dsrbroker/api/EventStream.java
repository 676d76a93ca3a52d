package io.dsrbroker.api;

import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.Stage;
import io.dsrbroker.job.StageChanges;
import io.dsrbroker.job.StageChanges.StageChange;
import io.dsrbroker.shared.JobId;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells one client how a job goes on, by looking every half second.
 *
 * <p>Where looking takes long, because the job is large, it looks less often: a stream costs a tenth of a connection at
 * most.
 */
final class EventStream implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final JobId job;
    private final SseEmitter emitter;
    private final JobViews jobs;
    private final StageChanges changes;
    private final BooleanSupplier closing;
    private final CountDownLatch left = new CountDownLatch(1);
    private int seen;
    private long toldAt = System.nanoTime();
    private RequestView.@Nullable Counts counts;

    EventStream(
            JobId job, int after, SseEmitter emitter, JobViews jobs, StageChanges changes, BooleanSupplier closing) {
        this.job = job;
        this.seen = after;
        this.emitter = emitter;
        this.jobs = jobs;
        this.changes = changes;
        this.closing = closing;
    }

    /** What a stage event says. */
    record StageEvent(Stage stage, Stage.Status status) {}

    /** What the last event says. */
    record FinishedEvent(Stage stage) {}

    /** The client is gone. */
    void leave() {
        left.countDown();
    }

    @Override
    public void run() {
        long end = System.nanoTime() + EventStreams.LIFETIME.toNanos();
        try {
            boolean more = true;
            while (more && System.nanoTime() < end && !closing.getAsBoolean()) {
                long start = System.nanoTime();
                more = look() && !left.await(pause(System.nanoTime() - start), TimeUnit.NANOSECONDS);
            }
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            log.debug("A client of job {} has left its event stream", job);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException e) {
            log.warn("The event stream of job {} ends; its client will come back for the rest", job, e);
            emitter.complete();
        }
    }

    private static long pause(long took) {
        return Math.max(LOOK.toNanos(), 10 * took);
    }

    /** Tells what is new. Answers whether more may come. */
    private boolean look() throws IOException {
        tellStages();
        JobViews.JobView view = jobs.view(job);
        RequestView.Counts now = RequestViews.counts(view);
        if (!now.equals(counts)) {
            counts = now;
            tell("progress", new EventId(seen, false), now);
        }
        Stage stage = view.job().stage();
        if (stage.ended()) {
            finish(stage);
            return false;
        }
        if (System.nanoTime() - toldAt > HEARTBEAT.toNanos()) {
            toldAt = System.nanoTime();
            emitter.send(SseEmitter.event().comment("still here"));
        }
        return true;
    }

    /** The last change may have come between the two looks. */
    private void finish(Stage stage) throws IOException {
        tellStages();
        tell("finished", new EventId(seen, true), new FinishedEvent(stage));
    }

    private void tellStages() throws IOException {
        for (StageChange change : changes.after(job, seen)) {
            seen = change.seq();
            tell(
                    "stage",
                    new EventId(seen, false),
                    new StageEvent(change.stage(), change.stage().status()));
        }
    }

    private void tell(String name, EventId id, Object data) throws IOException {
        toldAt = System.nanoTime();
        emitter.send(SseEmitter.event().name(name).id(id.toString()).data(data, MediaType.APPLICATION_JSON));
    }
}
