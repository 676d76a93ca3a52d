package io.dsrbroker.api;

import io.dsrbroker.api.DecisionReader.DecisionMade;
import io.dsrbroker.job.Caller;
import io.dsrbroker.job.Decisions;
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
import org.springframework.web.bind.annotation.RestController;

/** Decisions about things of unknown owner. */
@Tag(name = "Decisions", description = "Decide about things of unknown owner.")
@RestController
class DecisionsApi {

    private final Decisions decisions;

    DecisionsApi(Decisions decisions) {
        this.decisions = decisions;
    }

    /** How many tasks waited for the decision. */
    record Decided(int decided) {}

    @Operation(
            operationId = "decide",
            summary = "Decide about things of unknown owner",
            description = "By tasks, or by type, target or both. Whoever created the request cannot. What shares its"
                    + " owner with a decided thing is decided alike. Scope: dsr.approve.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            schema = @Schema(implementation = Bodies.NewDecision.class),
                                            examples =
                                                    @ExampleObject(name = "By type", value = BodyExamples.DECISION))))
    @AnswersProblems({"invalid-parameter", "same-person", "not-found", "wrong-stage"})
    @PostMapping(
            path = RequestsApi.PATH + "/{id}/decisions",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Decided decide(@PathVariable UUID id, @RequestBody byte[] body, Caller caller) {
        DecisionMade made = DecisionReader.read(Body.of(body));
        return new Decided(decisions.decide(new JobId(id), made.selection(), made.decision(), made.reason(), caller));
    }
}
