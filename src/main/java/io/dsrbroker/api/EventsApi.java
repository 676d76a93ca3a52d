package io.dsrbroker.api;

import io.dsrbroker.job.JobViews;
import io.dsrbroker.shared.JobId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The progress of a request as it happens. */
@RestController
class EventsApi {

    private final JobViews jobs;
    private final EventStreams streams;

    EventsApi(JobViews jobs, EventStreams streams) {
        this.jobs = jobs;
        this.streams = streams;
    }

    @GetMapping(path = RequestsApi.PATH + "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> events(
            @PathVariable UUID id, @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last) {
        JobId job = jobs.summary(new JobId(id)).id();
        EventId seen = EventId.of(last);
        if (seen.finished()) {
            return ResponseEntity.noContent().build();
        }
        return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(streams.open(job, seen.stage()));
    }
}
