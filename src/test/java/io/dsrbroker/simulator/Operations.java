package io.dsrbroker.simulator;

import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Deletions that take a while: answered 202, done later whether anybody asks or not. */
final class Operations {

    private final SimulatorSettings settings;
    private final ConcurrentMap<String, Operation> operations = new ConcurrentHashMap<>();

    Operations(SimulatorSettings settings) {
        this.settings = settings;
    }

    /** One deletion; {@code result} is null while it runs. */
    private static final class Operation {
        private final String id;
        private final Instant started;
        private final Instant done;
        private final boolean fails;
        private final int retryAfter;
        private final Supplier<Reply> effect;
        private @Nullable Reply result;

        private Operation(String id, Instant started, SimulatorSettings.Async async, Supplier<Reply> effect) {
            this.id = id;
            this.started = started;
            this.done = started.plus(async.takes());
            this.fails = async.fails();
            this.retryAfter = async.retryAfterSeconds();
            this.effect = effect;
        }

        private synchronized @Nullable Reply settle(Instant now) {
            if (result == null && !now.isBefore(done)) {
                result = fails ? Errors.arm(500, "InternalServerError", "The operation failed.") : effect.get();
            }
            return result;
        }
    }

    /** Lets everything happen that is due. */
    void settle() {
        var now = settings.clock.instant();
        operations.values().forEach(operation -> operation.settle(now));
    }

    /** A deletion in the resource manager: at once, or 202 with Location and perhaps Azure-AsyncOperation. */
    Reply arm(Call call, int row, boolean exists, Supplier<Reply> effect) {
        var async = settings.asyncDeletes.get(row);
        if (async == null || !exists) {
            return effect.get();
        }
        var operation = start(async, effect);
        var other = settings.operationOrigin;
        var base = (other == null ? call.origin() : other) + "/subscriptions/" + call.variable("subscription")
                + "/providers/Microsoft.MachineLearningExperimentation/locations/eastus2/";
        var query = "?api-version=" + call.parameter("api-version");
        var reply = Reply.empty(202)
                .with("Location", base + "operationResults/" + operation.id + query)
                .with("Retry-After", String.valueOf(operation.retryAfter));
        return async.statusHeader()
                ? reply.with("Azure-AsyncOperation", base + "operationStatuses/" + operation.id + query)
                : reply;
    }

    /** A deletion in model management: at once, or 202 with a relative Operation-Location without api-version. */
    Reply models(Call call, int row, boolean exists, Supplier<Reply> effect) {
        var async = settings.asyncDeletes.get(row);
        if (async == null || !exists) {
            return effect.get();
        }
        var operation = start(async, effect);
        return Reply.empty(202)
                .with(
                        "Operation-Location",
                        "/api/subscriptions/" + call.variable("subscription") + "/resourceGroups/"
                                + call.variable("group") + "/accounts/" + call.variable("account") + "/operations/"
                                + operation.id);
    }

    private Operation start(SimulatorSettings.Async async, Supplier<Reply> effect) {
        var operation = new Operation(
                Ids.uuid("operation", String.valueOf(operations.size())), settings.clock.instant(), async, effect);
        operations.put(operation.id, operation);
        return operation;
    }

    Reply armResult(Call call) {
        var operation = operations.get(call.variable("operation"));
        if (operation == null) {
            return Errors.arm(404, "NotFound", "There is no such operation.");
        }
        var result = operation.settle(settings.clock.instant());
        return result != null
                ? result
                : Reply.empty(202)
                        .with("Location", call.origin() + call.rawPath() + "?" + call.rawQuery())
                        .with("Retry-After", String.valueOf(operation.retryAfter));
    }

    Reply armStatus(Call call) {
        var operation = operations.get(call.variable("operation"));
        if (operation == null) {
            return Errors.arm(404, "NotFound", "There is no such operation.");
        }
        var result = operation.settle(settings.clock.instant());
        var body = Json.object()
                .put("id", call.rawPath())
                .put("name", operation.id)
                .put("status", result == null ? "Running" : operation.fails ? "Failed" : "Succeeded")
                .put("startTime", operation.started.toString());
        if (result != null) {
            body.put("endTime", operation.done.toString());
        }
        if (result != null && operation.fails) {
            body.putObject("error").put("code", "InternalServerError").put("message", "The operation failed.");
        }
        return result == null
                ? Reply.ok(body).with("Retry-After", String.valueOf(operation.retryAfter))
                : Reply.ok(body);
    }

    Reply modelsStatus(Call call) {
        var operation = operations.get(call.variable("operation"));
        if (operation == null) {
            return Errors.models(404, "NotFound", "There is no such operation.");
        }
        var result = operation.settle(settings.clock.instant());
        var body = Json.object()
                .put("id", operation.id)
                .put("operationType", "Service")
                .put("state", result == null ? "Running" : operation.fails ? "Failed" : "Succeeded")
                .put("createdTime", operation.started.toString());
        if (result != null && operation.fails) {
            body.putObject("error").put("code", "InternalServerError").put("statusCode", 500);
        }
        return Reply.ok(body);
    }
}
