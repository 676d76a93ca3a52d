package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.StageChanges;
import io.dsrbroker.shared.JobId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Feeds every open event stream from a virtual thread of its own, until the broker stops. */
@Component
class EventStreams {

    /** After this a client has to come back, with a token that is still good. */
    static final Duration LIFETIME = Duration.ofMinutes(30);

    /** By then a stream whose client has left has noticed. */
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final JobViews jobs;
    private final StageChanges changes;
    private final int most;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();
    private volatile boolean closing;

    EventStreams(JobViews jobs, StageChanges changes, LimitProperties limits) {
        this.jobs = jobs;
        this.changes = changes;
        this.most = limits.streams();
    }

    /**
     * Opens a stream that goes on after this stage change.
     *
     * @throws TooManyRequests when the caller's client has too many open already
     */
    SseEmitter open(JobId job, int after, Caller caller) {
        String client = ClientLimit.key(caller);
        if (open.merge(client, 1, Integer::sum) > most) {
            close(client);
            throw new TooManyRequests(WAIT);
        }
        SseEmitter emitter = new SseEmitter(LIFETIME.plusMinutes(1).toMillis());
        EventStream stream = new EventStream(job, after, emitter, jobs, changes, () -> closing);
        emitter.onCompletion(stream::leave);
        emitter.onTimeout(stream::leave);
        emitter.onError(failure -> stream.leave());
        Thread.ofVirtual().name("events-" + job).start(() -> {
            try {
                stream.run();
            } finally {
                close(client);
            }
        });
        return emitter;
    }

    private void close(String client) {
        open.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Lets the web server stop without waiting for streams. */
    @EventListener
    void close(ContextClosedEvent closed) {
        closing = true;
    }
}
