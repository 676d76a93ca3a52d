package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import io.dsrbroker.job.Confirmations;
import io.dsrbroker.job.Confirmations.Confirmation;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.TaskViews;
import io.dsrbroker.shared.JobId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** People's word that they did by hand what no call can do. */
@Tag(name = "Resources")
@RestController
class ConfirmationsApi {

    private final JobViews jobs;
    private final TaskViews tasks;
    private final Confirmations confirmations;
    private final Clock clock;

    ConfirmationsApi(JobViews jobs, TaskViews tasks, Confirmations confirmations, Clock clock) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.confirmations = confirmations;
        this.clock = clock;
    }

    @Operation(
            operationId = "confirmResource",
            summary = "Confirm that a resource was deleted by hand",
            description =
                    "Then the broker looks for itself where it can; what is still there needs action again. Scope:"
                            + " dsr.operate.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = Bodies.NewConfirmation.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "A deletion",
                                                            value = BodyExamples.CONFIRMATION))))
    @ApiResponse(
            responseCode = "202",
            description = "It is looked for",
            content = @Content(schema = @Schema(implementation = ResourceView.class)))
    @AnswersProblems({"invalid-parameter", "not-found", "wrong-stage", "wrong-state"})
    @PostMapping(
            path = RequestsApi.PATH + "/{id}/resources/{taskId}/confirmation",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ResourceView> confirm(
            @PathVariable UUID id, @PathVariable UUID taskId, @RequestBody byte[] body, Caller caller) {
        Confirmation confirmation = ActionReader.confirmation(Body.of(body), clock.instant());
        JobId job = jobs.summary(new JobId(id)).id();
        confirmations.confirm(job, taskId, confirmation, caller);
        return ResponseEntity.accepted().body(ResourceView.of(tasks.view(job, taskId)));
    }
}
