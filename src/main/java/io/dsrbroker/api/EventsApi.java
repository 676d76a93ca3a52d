package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.shared.JobId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The progress of a request as it happens. */
@Tag(name = "Events", description = "Follow a request as it is carried out.")
@RestController
class EventsApi {

    private final JobViews jobs;
    private final EventStreams streams;

    EventsApi(JobViews jobs, EventStreams streams) {
        this.jobs = jobs;
        this.streams = streams;
    }

    @Operation(
            operationId = "followRequest",
            summary = "Follow a request",
            description = "Events `stage` (stage, status), `progress` (the counts) and at the end `finished` (stage). A"
                    + " client that comes back with Last-Event-ID hears what it missed. Scope: dsr.read.")
    @Parameter(
            name = "Last-Event-ID",
            in = ParameterIn.HEADER,
            description = "The id of the last event that was seen; with any other all is told again.",
            schema = @Schema(type = "string", pattern = "^[0-9]{1,9}(-finished)?$", maxLength = 18))
    @ApiResponse(
            responseCode = "200",
            description = "Events until the request has ended, half an hour at most",
            content = @Content(mediaType = "text/event-stream", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204", description = "The client has seen the end", content = @Content)
    @AnswersProblems({"invalid-parameter", "not-found", "not-acceptable"})
    @GetMapping(path = RequestsApi.PATH + "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> events(
            @PathVariable UUID id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
            HttpMethod method,
            Caller caller) {
        JobSummary summary = jobs.summary(new JobId(id));
        JobId job = summary.id();
        EventId seen = EventId.of(last);
        if (seen.finished() && summary.stage().ended()) {
            return ResponseEntity.noContent().build();
        }
        if (method.equals(HttpMethod.HEAD)) {
            return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).build();
        }
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .body(streams.open(job, seen.stage(), caller));
    }
}
