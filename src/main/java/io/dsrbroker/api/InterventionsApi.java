package io.dsrbroker.api;

import io.dsrbroker.api.ActionReader.Extension;
import io.dsrbroker.job.Caller;
import io.dsrbroker.job.Interventions;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.shared.JobId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people do to a request under way. */
@Tag(name = "Interventions", description = "Hold, release, cancel and extend requests.")
@RestController
@RequestMapping(path = RequestsApi.PATH + "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class InterventionsApi {

    private final JobViews jobs;
    private final Interventions interventions;
    private final RequestViews views;

    InterventionsApi(JobViews jobs, Interventions interventions, RequestViews views) {
        this.jobs = jobs;
        this.interventions = interventions;
        this.views = views;
    }

    @Operation(
            operationId = "holdRequest",
            summary = "Hold a request",
            description =
                    "No new upstream call is made for it until it is released; its deadline goes on. Holding what is held changes"
                            + " nothing. Scope: dsr.operate.")
    @TakesReason
    @AnswersProblems({"invalid-parameter", "not-found", "wrong-stage"})
    @PostMapping(path = "/hold", consumes = MediaType.APPLICATION_JSON_VALUE)
    RequestView hold(@PathVariable UUID id, @RequestBody byte[] body, Caller caller) {
        String reason = ActionReader.reason(Body.of(body));
        JobId job = jobs.summary(new JobId(id)).id();
        interventions.hold(job, reason, caller);
        return views.one(job);
    }

    @Operation(
            operationId = "releaseRequest",
            summary = "Release a request",
            description = "Ends a hold. Scope: dsr.operate.")
    @TakesReason
    @AnswersProblems({"invalid-parameter", "not-found", "wrong-stage"})
    @PostMapping(path = "/release", consumes = MediaType.APPLICATION_JSON_VALUE)
    RequestView release(@PathVariable UUID id, @RequestBody byte[] body, Caller caller) {
        String reason = ActionReader.reason(Body.of(body));
        JobId job = jobs.summary(new JobId(id)).id();
        interventions.release(job, reason, caller);
        return views.one(job);
    }

    @Operation(
            operationId = "cancelRequest",
            summary = "Cancel a request",
            description =
                    "For good, and only until the first deletion is about to be sent: once this is answered with 200, none is"
                            + " ever sent. Scope: dsr.operate.")
    @TakesReason
    @AnswersProblems({"invalid-parameter", "not-found", "wrong-stage"})
    @PostMapping(path = "/cancellation", consumes = MediaType.APPLICATION_JSON_VALUE)
    RequestView cancel(@PathVariable UUID id, @RequestBody byte[] body, Caller caller) {
        String reason = ActionReader.reason(Body.of(body));
        JobId job = jobs.summary(new JobId(id)).id();
        interventions.cancel(job, reason, caller);
        return views.one(job);
    }

    @Operation(
            operationId = "extendRequest",
            summary = "Extend the deadline",
            description =
                    "Once, before the deadline, and at most to three calendar months (GDPR) or 90 days (CCPA) after the"
                            + " request was received. Scope: dsr.operate.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = Bodies.NewExtension.class),
                                            examples =
                                                    @ExampleObject(name = "A month", value = BodyExamples.EXTENSION))))
    @AnswersProblems({"invalid-parameter", "not-found", "wrong-stage", "extension-not-allowed"})
    @PostMapping(path = "/extension", consumes = MediaType.APPLICATION_JSON_VALUE)
    RequestView extend(@PathVariable UUID id, @RequestBody byte[] body, Caller caller) {
        Extension extension = ActionReader.extension(Body.of(body));
        JobId job = jobs.summary(new JobId(id)).id();
        interventions.extend(job, extension.days(), extension.reason(), caller);
        return views.one(job);
    }
}
