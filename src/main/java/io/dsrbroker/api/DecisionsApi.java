package io.dsrbroker.api;

import io.dsrbroker.api.DecisionReader.DecisionMade;
import io.dsrbroker.job.Caller;
import io.dsrbroker.job.Decisions;
import io.dsrbroker.shared.JobId;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Decisions about things of unknown owner. */
@RestController
class DecisionsApi {

    private final Decisions decisions;

    DecisionsApi(Decisions decisions) {
        this.decisions = decisions;
    }

    /** How many tasks waited for the decision. */
    record Decided(int decided) {}

    @PostMapping(
            path = RequestsApi.PATH + "/{id}/decisions",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Decided decide(@PathVariable UUID id, @RequestBody byte[] body, Caller caller) {
        DecisionMade made = DecisionReader.read(Body.of(body));
        return new Decided(decisions.decide(new JobId(id), made.selection(), made.decision(), made.reason(), caller));
    }
}
