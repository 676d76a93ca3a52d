package io.dsrbroker.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Deletions that take a while: answered 202, done later whether anybody asks or not. */
final class Operations {

    private final SimulatorSettings settings;
    private final AtomicInteger number = new AtomicInteger();
    private final ConcurrentMap<String, Operation> operations = new ConcurrentHashMap<>();
    private final Set<Operation> running = ConcurrentHashMap.newKeySet();

    Operations(SimulatorSettings settings) {
        this.settings = settings;
    }

    /** One deletion; {@code result} is null while it runs. */
    private static final class Operation {
        private final String id;
        private final Instant started;
        private final Instant done;
        private final SimulatorSettings.Async async;
        private final AtomicInteger failingReads;
        private final Supplier<Reply> effect;
        private @Nullable Reply result;

        private Operation(String id, Instant started, SimulatorSettings.Async async, Supplier<Reply> effect) {
            this.id = id;
            this.started = started;
            this.done = started.plus(async.takes());
            this.async = async;
            this.failingReads = new AtomicInteger(async.failingReads());
            this.effect = effect;
        }

        private synchronized @Nullable Reply settle(Instant now) {
            if (result == null && !now.isBefore(done)) {
                result = async.fails()
                        ? Errors.arm(
                                async.end().status(),
                                async.end().code(),
                                async.end().message())
                        : effect.get();
            }
            return result;
        }
    }

    /** Lets everything happen that is due. */
    void settle() {
        if (!running.isEmpty()) {
            var now = settings.clock.instant();
            running.removeIf(operation -> operation.settle(now) != null);
        }
    }

    /** What goes wrong with a read of this operation's status, if anything; null is no operation. */
    Optional<Fault> failingRead(@Nullable String id) {
        var operation = id == null ? null : operations.get(id);
        return operation != null && operation.failingReads.getAndUpdate(left -> Math.max(0, left - 1)) > 0
                ? Optional.of(operation.async.failingRead())
                : Optional.empty();
    }

    /** A deletion in the resource manager: at once, or 202 with Location, Azure-AsyncOperation or both. */
    Reply arm(Call call, int row, boolean exists, Supplier<Reply> effect) {
        var async = settings.asyncDeletes.get(row);
        if (async == null || !exists) {
            return effect.get();
        }
        var operation = start(async, effect);
        if (async.gatewayTimeout() != null) {
            return tooLate(async.gatewayTimeout(), Errors.arm(504, "GatewayTimeout", "The gateway waited too long."));
        }
        var other = settings.operationOrigin;
        var base = (other == null ? call.origin() : other) + "/subscriptions/" + call.variable("subscription")
                + "/providers/Microsoft.MachineLearningExperimentation/locations/eastus2/";
        var query = "?api-version=" + call.parameter("api-version");
        var reply = Reply.empty(202);
        if (async.retryAfterSeconds() >= 0) {
            reply = reply.with("Retry-After", String.valueOf(async.retryAfterSeconds()));
        }
        if (async.links() != SimulatorSettings.Async.Links.STATUS) {
            reply = reply.with("Location", base + "operationResults/" + operation.id + query);
        }
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
        if (async.gatewayTimeout() != null) {
            return tooLate(
                    async.gatewayTimeout(), Errors.models(504, "GatewayTimeout", "The gateway waited too long."));
        }
        var other = settings.operationOrigin;
        return Reply.empty(202)
                .with(
                        "Operation-Location",
                        (other == null ? "" : other) + "/api/subscriptions/" + call.variable("subscription")
                                + "/resourceGroups/" + call.variable("group") + "/accounts/"
                                + call.variable("account") + "/operations/" + operation.id);
    }

    private static Reply tooLate(Duration wait, Reply reply) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return reply;
    }

    private Operation start(SimulatorSettings.Async async, Supplier<Reply> effect) {
        var operation = new Operation(
                Ids.uuid("operation", String.valueOf(number.getAndIncrement())),
                settings.clock.instant(),
                async,
                effect);
        operations.put(operation.id, operation);
        running.add(operation);
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
                : waiting(
                        Reply.empty(202).with("Location", call.origin() + call.rawPath() + "?" + call.rawQuery()),
                        operation);
    }

    private static Reply waiting(Reply reply, Operation operation) {
        int seconds = operation.async.retryAfterSeconds();
        return seconds < 0 ? reply : reply.with("Retry-After", String.valueOf(seconds));
    }

    Reply armStatus(Call call) {
        var operation = operations.get(call.variable("operation"));
        if (operation == null) {
            return Errors.arm(404, "NotFound", "There is no such operation.");
        }
        var result = operation.settle(settings.clock.instant());
        var end = operation.async.end();
        var body = Json.object()
                .put("id", call.rawPath())
                .put("name", operation.id)
                .put("status", result == null ? "Running" : end.armStatus())
                .put("startTime", operation.started.toString());
        if (result != null) {
            body.put("endTime", operation.done.toString());
        }
        if (result != null && operation.async.fails()) {
            body.putObject("error").put("code", end.code()).put("message", end.message());
        }
        return result == null ? waiting(Reply.ok(body), operation) : Reply.ok(body);
    }

    Reply modelsStatus(Call call) {
        var operation = operations.get(call.variable("operation"));
        if (operation == null) {
            return Errors.models(404, "NotFound", "There is no such operation.");
        }
        var result = operation.settle(settings.clock.instant());
        var end = operation.async.end();
        var body = Json.object()
                .put("id", operation.id)
                .put("operationType", "Service")
                .put("state", result == null ? "Running" : end.modelsState())
                .put("createdTime", operation.started.toString());
        if (result != null) {
            body.put("endTime", operation.done.toString());
        }
        if (result != null && operation.async.fails()) {
            body.putObject("error").put("code", end.code()).put("statusCode", end.status());
        }
        return Reply.ok(body);
    }
}
