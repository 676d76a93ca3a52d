package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.RequestType;
import io.dsrbroker.job.Stage;
import io.dsrbroker.shared.Digests;
import io.dsrbroker.shared.JobId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Requests: sending them and seeing how far they are. */
@Tag(name = "Requests", description = "Send requests and see how far they are.")
@RestController
@RequestMapping(path = RequestsApi.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class RequestsApi {

    static final String PATH = "/api/v1/requests";

    private final Intake intake;
    private final RequestViews views;
    private final Clients clients;
    private final JsonMapper json;

    RequestsApi(Intake intake, RequestViews views, Clients clients, JsonMapper json) {
        this.intake = intake;
        this.views = views;
        this.clients = clients;
        this.json = json;
    }

    @Operation(
            operationId = "submitRequest",
            summary = "Send a request",
            description =
                    "Keeps the request as a job and answers at once. Send it again with the same key and body, and"
                            + " it gets the first answer again. Without targets it is carried out wherever targets are"
                            + " registered. A DELETE says how the person was identified, and waits for a second person's"
                            + " approval before anything is deleted. Scope: dsr.create.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = Bodies.NewRequest.class),
                                            examples = {
                                                @ExampleObject(name = "An export", value = BodyExamples.REQUEST),
                                                @ExampleObject(name = "A delete", value = BodyExamples.DELETE)
                                            })))
    @Parameter(
            name = "Idempotency-Key",
            in = ParameterIn.HEADER,
            required = true,
            description = "Unique to this request, 1 to 255 visible characters, kept for 24 hours.",
            example = "6d1f2c1e-portal-4711",
            schema = @Schema(type = "string", minLength = 1, maxLength = 255))
    @ApiResponse(
            responseCode = "202",
            description = "Kept",
            headers = @Header(name = "Location", description = "Where to see it", schema = @Schema(type = "string")),
            content = @Content(schema = @Schema(implementation = RequestView.class)))
    @AnswersProblems({
        "idempotency-key-missing",
        "idempotency-key-invalid",
        "idempotency-in-flight",
        "target-not-allowed",
        "active-delete-exists",
        "idempotency-key-reused",
        "no-targets"
    })
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> submit(@RequestHeader HttpHeaders headers, @RequestBody byte[] body, Caller caller) {
        IdempotencyKey key = IdempotencyKey.of(headers.getOrEmpty("Idempotency-Key"), caller);
        Accepted accepted = intake.take(key, Body.of(body), caller);
        return ResponseEntity.accepted()
                .location(URI.create(PATH + "/" + accepted.id()))
                .contentType(MediaType.APPLICATION_JSON)
                .body(accepted.body());
    }

    @Operation(
            operationId = "listRequests",
            summary = "List requests",
            description = "Newest first, without their targets. Scope: dsr.read.")
    @Paged
    @Parameter(
            name = "type",
            in = ParameterIn.QUERY,
            description = "Only requests of this type.",
            schema = @Schema(implementation = RequestType.class))
    @Parameter(
            name = "stage",
            in = ParameterIn.QUERY,
            description = "Only requests in this stage.",
            schema = @Schema(implementation = Stage.class))
    @Parameter(
            name = "status",
            in = ParameterIn.QUERY,
            description = "Only requests of this status.",
            schema = @Schema(implementation = Stage.Status.class))
    @Parameter(
            name = "externalId",
            in = ParameterIn.QUERY,
            description = "Only requests of exactly this id of the portal.",
            schema = @Schema(type = "string", minLength = 1, maxLength = 255))
    @AnswersProblems("invalid-parameter")
    @GetMapping
    ResponseEntity<Page<RequestView>> list(HttpServletRequest request, Caller caller) {
        Query query = new Query(request);
        int limit = query.limit();
        JobViews.Filter filter = new JobViews.Filter(
                query.cursor().orElse(null),
                query.choice("type", RequestType.class).orElse(null),
                query.choice("stage", Stage.class).orElse(null),
                query.choice("status", Stage.Status.class).orElse(null),
                query.text("externalId").orElse(null),
                clients.boundTo(caller));
        List<RequestView> found = views.list(filter, limit + 1);
        return query.answer(Page.of(found, limit, view -> view.id().toString()));
    }

    @Operation(
            operationId = "getRequest",
            summary = "See a request",
            description = "Its stage, what its tasks add up to, and what did not end good. Send the ETag back as"
                    + " If-None-Match to hear of changes only. Scope: dsr.read.")
    @Parameter(
            name = "If-None-Match",
            in = ParameterIn.HEADER,
            description = "The ETag of an earlier answer.",
            schema = @Schema(type = "string", maxLength = MaxHeader.BYTES))
    @ApiResponse(
            responseCode = "200",
            description = "The request",
            headers =
                    @Header(
                            name = "ETag",
                            description = "Changes whenever the answer does",
                            schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "304", description = "Nothing has changed", content = @Content)
    @AnswersProblems({"invalid-parameter", "not-found"})
    @GetMapping("/{id}")
    ResponseEntity<RequestView> one(@PathVariable UUID id) {
        RequestView view = views.one(new JobId(id));
        return ResponseEntity.ok()
                .eTag(Digests.hex(json.writeValueAsBytes(view)))
                .body(view);
    }
}
