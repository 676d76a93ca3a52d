package io.dsrbroker.lane;

import io.dsrbroker.catalogue.Call;
import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.job.ClaimedTask;
import io.dsrbroker.job.Evidence;
import io.dsrbroker.upstream.Continuation;
import io.dsrbroker.upstream.Operation;
import io.dsrbroker.upstream.OperationStatus;
import io.dsrbroker.upstream.Outcome;
import io.dsrbroker.upstream.UpstreamClient;
import io.dsrbroker.upstream.UpstreamRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the calls of a task: fills in its variables and secrets, waits for the gate, notes the evidence. */
@Component
class Calls {

    private final Catalogue catalogue;
    private final UpstreamClient client;

    Calls(Catalogue catalogue, UpstreamClient client) {
        this.catalogue = catalogue;
        this.client = client;
    }

    /** What a call came to, and its evidence. */
    record Made(Outcome outcome, Evidence evidence) {}

    /** Makes one call about what the task is about. */
    Made make(Attempt attempt, ResourceType type, Call call, @Nullable Continuation continuation) {
        Map<String, String> variables = variables(attempt, type);
        Call.SecretHeader header = call.secretHeader();
        String secret = header == null ? null : attempt.job().secrets().get(header.secret());
        Gate.Pass pass = attempt.gate().pass(call);
        Runnable again = () -> attempt.gate().pass(call);
        UpstreamRequest request =
                new UpstreamRequest(catalogue.upstreamOf(type), call, variables, secret, continuation, again);
        return send(attempt, pass, request, call.row(secret != null));
    }

    /** Makes a call for which the gate was passed before. */
    Made made(Attempt attempt, Gate.Pass pass, ResourceType type, Call call) {
        return send(attempt, pass, request(attempt, type, call), call.row(false));
    }

    private Made send(Attempt attempt, Gate.Pass pass, UpstreamRequest request, @Nullable Integer row) {
        Outcome outcome = client.call(request);
        attempt.gate().saw(pass, outcome);
        return new Made(outcome, attempt.saw(row, outcome.exchange()));
    }

    /** Asks how far an operation is that a DELETE has begun. */
    OperationStatus ask(Attempt attempt, ResourceType type, Call delete, Operation operation) {
        Gate.Pass pass = attempt.gate().passRead();
        OperationStatus status = client.ask(request(attempt, type, delete), operation);
        attempt.gate().saw(pass, status);
        attempt.saw(delete.row(false), status.exchange());
        return status;
    }

    private UpstreamRequest request(Attempt attempt, ResourceType type, Call call) {
        // A DELETE that has been sent is not left half-way: it is repeated at once, or not at all.
        return new UpstreamRequest(catalogue.upstreamOf(type), call, variables(attempt, type), null, null, () -> {});
    }

    private static Map<String, String> variables(Attempt attempt, ResourceType type) {
        ClaimedTask task = attempt.task();
        Map<String, String> variables = new HashMap<>(task.place().variables());
        variables.putAll(attempt.job().subject().variables());
        String key = task.key();
        if (key != null) {
            String variable = type.origins().isEmpty() ? type.variable() : "origin";
            if (variable != null && !type.single()) {
                variables.put(variable, key);
            }
        }
        return variables;
    }
}
