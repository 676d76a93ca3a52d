package io.dsrbroker.api;

import io.dsrbroker.api.ActionReader.Denied;
import io.dsrbroker.job.Approvals;
import io.dsrbroker.job.Approvals.Approval;
import io.dsrbroker.job.Caller;
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

/** The second person's word on a plan. */
@Tag(name = "Plans", description = "See what a delete would do, and approve or deny it.")
@RestController
@RequestMapping(path = RequestsApi.PATH + "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class ApprovalsApi {

    private final JobViews jobs;
    private final Approvals approvals;
    private final RequestViews views;

    ApprovalsApi(JobViews jobs, Approvals approvals, RequestViews views) {
        this.jobs = jobs;
        this.approvals = approvals;
        this.views = views;
    }

    @Operation(
            operationId = "approvePlan",
            summary = "Approve the plan of a delete",
            description = "Exactly the plan of this hash, without what is excluded. Whoever created the request cannot."
                    + " If by then there is other data than the plan says, nothing is deleted and the request waits for"
                    + " approval again, for the stageReason PLAN_DRIFTED. Scope: dsr.approve.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = Bodies.NewApproval.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "With an exclusion",
                                                            value = BodyExamples.APPROVAL))))
    @AnswersProblems({"invalid-parameter", "same-person", "not-found", "wrong-stage", "plan-changed"})
    @PostMapping(path = "/approval", consumes = MediaType.APPLICATION_JSON_VALUE)
    RequestView approve(@PathVariable UUID id, @RequestBody byte[] body, Caller caller) {
        Approval approval = ActionReader.approval(Body.of(body));
        JobId job = jobs.summary(new JobId(id)).id();
        approvals.approve(job, approval, caller);
        return views.one(job);
    }

    @Operation(
            operationId = "denyRequest",
            summary = "Deny a delete",
            description = "Nothing is ever deleted for it; the stage becomes DENIED. Whoever created the request"
                    + " cannot. Scope: dsr.approve.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = Bodies.NewDenial.class),
                                            examples = @ExampleObject(name = "A doubt", value = BodyExamples.DENIAL))))
    @AnswersProblems({"invalid-parameter", "same-person", "not-found", "wrong-stage"})
    @PostMapping(path = "/denial", consumes = MediaType.APPLICATION_JSON_VALUE)
    RequestView deny(@PathVariable UUID id, @RequestBody byte[] body, Caller caller) {
        Denied denied = ActionReader.denial(Body.of(body));
        JobId job = jobs.summary(new JobId(id)).id();
        approvals.deny(job, denied.reason(), denied.comment(), caller);
        return views.one(job);
    }
}
