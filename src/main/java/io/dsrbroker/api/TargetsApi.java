package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import io.dsrbroker.job.Target;
import io.dsrbroker.shared.BrokerProblem.FieldError;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** The registered estate: where requests that name no targets are carried out. */
@Tag(name = "Targets", description = "Register where requests without targets are carried out.")
@RestController
@RequestMapping(path = TargetsApi.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class TargetsApi {

    static final String PATH = "/api/v1/targets";

    private final ClientTargets targets;

    TargetsApi(ClientTargets targets) {
        this.targets = targets;
    }

    @Operation(
            operationId = "listTargets",
            summary = "List the registered targets",
            description = "By name. Scope: dsr.operate.")
    @Paged
    @AnswersProblems("invalid-parameter")
    @GetMapping
    ResponseEntity<Page<TargetView>> list(HttpServletRequest request, Caller caller) {
        Query query = new Query(request);
        int limit = query.limit();
        String after = query.cursor(Check.TARGET_NAME).orElse("");
        List<TargetView> found = targets.after(after, limit + 1, caller).stream()
                .map(target -> TargetView.of(String.valueOf(target.name()), target))
                .toList();
        return query.answer(Page.of(found, limit, TargetView::name));
    }

    @Operation(operationId = "getTarget", summary = "See a registered target", description = "Scope: dsr.operate.")
    @AnswersProblems("not-found")
    @GetMapping("/{name}")
    TargetView one(@PathVariable String name, Caller caller) {
        return TargetView.of(name, targets.find(name, caller));
    }

    @Operation(
            operationId = "putTarget",
            summary = "Register a target",
            description = "Requests taken in from now on use it; earlier ones keep the targets they had."
                    + " Scope: dsr.operate.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = Bodies.NewTarget.class),
                                            examples =
                                                    @ExampleObject(name = "An account", value = BodyExamples.TARGET))))
    @ApiResponse(responseCode = "200", description = "Replaced")
    @ApiResponse(
            responseCode = "201",
            description = "New",
            headers = @Header(name = "Location", description = "Where to see it", schema = @Schema(type = "string")),
            content = @Content(schema = @Schema(implementation = TargetView.class)))
    @AnswersProblems({"invalid-parameter", "target-not-allowed", "not-found"})
    @PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<TargetView> put(@PathVariable String name, @RequestBody byte[] body, Caller caller) {
        if (!Check.TARGET_NAME.test().test(name)) {
            throw new InvalidParameter("name", Check.TARGET_NAME.detail());
        }
        List<FieldError> errors = new ArrayList<>();
        Target target = TargetReader.registered(name, Fields.of(Body.of(body), errors));
        InvalidBody.throwIfAny(errors);
        TargetView view = TargetView.of(name, target);
        return targets.put(name, target, caller)
                ? ResponseEntity.created(location(name)).body(view)
                : ResponseEntity.ok(view);
    }

    @Operation(
            operationId = "removeTarget",
            summary = "Forget a registered target",
            description = "Earlier requests keep it. Scope: dsr.operate.")
    @ApiResponse(responseCode = "204", description = "Forgotten")
    @AnswersProblems("not-found")
    @DeleteMapping("/{name}")
    ResponseEntity<Void> remove(@PathVariable String name, Caller caller) {
        targets.remove(name, caller);
        return ResponseEntity.noContent().build();
    }

    private static URI location(String name) {
        return UriComponentsBuilder.fromPath(PATH)
                .pathSegment(name)
                .encode()
                .build()
                .toUri();
    }
}
