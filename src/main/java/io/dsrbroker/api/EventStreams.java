package io.dsrbroker.api;

import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.StageChanges;
import io.dsrbroker.shared.JobId;
import java.time.Duration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Feeds every open event stream from a virtual thread of its own, until the broker stops. */
@Component
class EventStreams {

    /** After this a client has to come back, with a token that is still good. */
    static final Duration LIFETIME = Duration.ofMinutes(30);

    private final JobViews jobs;
    private final StageChanges changes;
    private volatile boolean closing;

    EventStreams(JobViews jobs, StageChanges changes) {
        this.jobs = jobs;
        this.changes = changes;
    }

    /** Opens a stream that goes on after this stage change. */
    SseEmitter open(JobId job, int after) {
        SseEmitter emitter = new SseEmitter(LIFETIME.plusMinutes(1).toMillis());
        EventStream stream = new EventStream(job, after, emitter, jobs, changes, () -> closing);
        emitter.onCompletion(stream::leave);
        emitter.onTimeout(stream::leave);
        emitter.onError(failure -> stream.leave());
        Thread.ofVirtual().name("events-" + job).start(stream);
        return emitter;
    }

    /** Lets the web server stop without waiting for streams. */
    @EventListener
    void close(ContextClosedEvent closed) {
        closing = true;
    }
}
