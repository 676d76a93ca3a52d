package io.dsrbroker.console;

import io.dsrbroker.api.Guards;
import io.dsrbroker.job.Caller;
import io.dsrbroker.job.JobViews;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells open pages that what they show has moved, each from a virtual thread of its own. */
@Component
@WithConsole
class Watches {

    /** After this a page has to come back, and its session is looked at again. */
    static final Duration LIFETIME = Duration.ofMinutes(10);

    /** Pages beyond these are told nothing, and are as old as they were loaded. */
    private static final int MOST = 200;

    private final JobViews jobs;
    private final Guards guards;
    private final Semaphore free = new Semaphore(MOST);
    private volatile boolean closing;

    Watches(JobViews jobs, Guards guards) {
        this.jobs = jobs;
        this.guards = guards;
    }

    SseEmitter open(Set<UUID> ids, Caller caller) {
        SseEmitter emitter = new SseEmitter(LIFETIME.plusMinutes(1).toMillis());
        if (!free.tryAcquire()) {
            emitter.complete();
            return emitter;
        }
        Watch watch = new Watch(ids, guards.boundTo(caller), emitter, jobs, () -> closing);
        emitter.onCompletion(watch::leave);
        emitter.onTimeout(watch::leave);
        emitter.onError(failure -> watch.leave());
        Thread.ofVirtual().name("watch").start(() -> {
            try {
                watch.run();
            } finally {
                free.release();
            }
        });
        return emitter;
    }

    /** Lets the web server stop without waiting for them. */
    @EventListener
    void close(ContextClosedEvent closed) {
        closing = true;
    }
}
