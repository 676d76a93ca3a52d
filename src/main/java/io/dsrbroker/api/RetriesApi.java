package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.Retries;
import io.dsrbroker.job.TaskViews;
import io.dsrbroker.shared.JobId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Another try for what did not end good; no body is needed. */
@Tag(name = "Retries", description = "Try again what did not end good.")
@RestController
@RequestMapping(path = RequestsApi.PATH + "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class RetriesApi {

    private final JobViews jobs;
    private final TaskViews tasks;
    private final Retries retries;
    private final RequestViews views;

    RetriesApi(JobViews jobs, TaskViews tasks, Retries retries, RequestViews views) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.retries = retries;
        this.views = views;
    }

    @Operation(
            operationId = "retryRequest",
            summary = "Try a request again",
            description = "Every resource that did not end good and that another try can help; what ended good stays as"
                    + " it is. Scope: dsr.operate.")
    @ApiResponse(
            responseCode = "202",
            description = "It is tried again",
            content = @Content(schema = @Schema(implementation = RequestView.class)))
    @AnswersProblems({
        "invalid-parameter",
        "not-found",
        "wrong-stage",
        "request-erased",
        "active-delete-exists",
        "body-too-large"
    })
    @PostMapping("/retry")
    ResponseEntity<RequestView> retry(@PathVariable UUID id, Caller caller) {
        JobId job = jobs.summary(new JobId(id)).id();
        retries.retry(job, caller);
        return ResponseEntity.accepted().body(views.one(job));
    }

    @Operation(
            operationId = "retryResource",
            summary = "Try a resource again",
            description = "Only what did not end good and what another try can help. Scope: dsr.operate.")
    @ApiResponse(
            responseCode = "202",
            description = "It is tried again",
            content = @Content(schema = @Schema(implementation = ResourceView.class)))
    @AnswersProblems({
        "invalid-parameter",
        "not-found",
        "wrong-stage",
        "wrong-state",
        "request-erased",
        "active-delete-exists",
        "body-too-large"
    })
    @PostMapping("/resources/{taskId}/retry")
    ResponseEntity<ResourceView> retry(@PathVariable UUID id, @PathVariable UUID taskId, Caller caller) {
        JobId job = jobs.summary(new JobId(id)).id();
        retries.retry(job, taskId, caller);
        return ResponseEntity.accepted().body(ResourceView.of(tasks.view(job, taskId)));
    }
}
