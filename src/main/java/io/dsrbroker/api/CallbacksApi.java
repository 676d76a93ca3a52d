package io.dsrbroker.api;

import io.dsrbroker.callback.Callback;
import io.dsrbroker.callback.Callbacks;
import io.dsrbroker.job.Caller;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.shared.JobId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What became of telling the portal of a request's stages; no body is needed to send it again. */
@Tag(name = "Callbacks", description = "See whether the portal was told of each stage; tell it again.")
@RestController
@RequestMapping(path = RequestsApi.PATH + "/{id}/callbacks", produces = MediaType.APPLICATION_JSON_VALUE)
class CallbacksApi {

    private static final Check STAGE_CHANGE = new Check(text -> text.matches("[0-9]{1,9}"), "");

    private final JobViews jobs;
    private final Callbacks callbacks;

    CallbacksApi(JobViews jobs, Callbacks callbacks) {
        this.jobs = jobs;
        this.callbacks = callbacks;
    }

    /**
     * How much is sent again.
     *
     * @param replayed callbacks
     */
    record Replayed(int replayed) {}

    @Operation(
            operationId = "listCallbacks",
            summary = "List the callbacks of a request",
            description =
                    "One for each change of its stage, oldest first; none where the request names no `callbackUrl`."
                            + " `webhookId` is the header `webhook-id` of every try. A callback is tried ten times within about"
                            + " three days, and is then FAILED; after a 410 nothing more is sent for the request (GONE). Scope:"
                            + " dsr.read.")
    @Paged
    @AnswersProblems({"invalid-parameter", "not-found"})
    @GetMapping
    ResponseEntity<Page<CallbackView>> list(@PathVariable UUID id, HttpServletRequest request) {
        Query query = new Query(request);
        int limit = query.limit();
        int after = query.cursor(STAGE_CHANGE).map(Integer::parseInt).orElse(0);
        List<Callback> found = callbacks.after(job(id), after, limit + 1);
        Page<Callback> page = Page.of(found, limit, callback -> String.valueOf(callback.seq()));
        return query.answer(
                new Page<>(page.items().stream().map(CallbackView::of).toList(), page.next()));
    }

    @Operation(
            operationId = "replayCallbacks",
            summary = "Send all callbacks again that were not delivered",
            description = "Under the same ids, and with a new retry schedule. Scope: dsr.operate.")
    @ApiResponse(
            responseCode = "202",
            description = "They are sent again",
            content = @Content(schema = @Schema(implementation = Replayed.class)))
    @AnswersProblems({"invalid-parameter", "not-found", "body-too-large"})
    @PostMapping("/replay")
    ResponseEntity<Replayed> replayAll(@PathVariable UUID id, Caller caller) {
        return ResponseEntity.accepted().body(new Replayed(callbacks.replayUndelivered(job(id), caller)));
    }

    @Operation(
            operationId = "replayCallback",
            summary = "Send a callback again",
            description = "Under the same id, also when it was delivered, and with a new retry schedule. Scope:"
                    + " dsr.operate.")
    @ApiResponse(
            responseCode = "202",
            description = "It is sent again",
            content = @Content(schema = @Schema(implementation = CallbackView.class)))
    @AnswersProblems({"invalid-parameter", "not-found", "body-too-large"})
    @PostMapping("/{webhookId}/replay")
    ResponseEntity<CallbackView> replay(@PathVariable UUID id, @PathVariable UUID webhookId, Caller caller) {
        JobId job = job(id);
        callbacks.replay(job, webhookId, caller);
        return ResponseEntity.accepted().body(CallbackView.of(callbacks.one(job, webhookId)));
    }

    private JobId job(UUID id) {
        return jobs.summary(new JobId(id)).id();
    }
}
