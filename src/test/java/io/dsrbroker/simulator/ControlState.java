package io.dsrbroker.simulator;

import java.util.Comparator;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The answers of {@code GET /state} and {@code GET /counters}; no tokens, ids or URLs of requests stand in them. */
final class ControlState {

    private final AzureSimulator azure;
    private final SimulatorSettings settings;
    private final ControlSwitches switches;

    ControlState(AzureSimulator azure, ControlSwitches switches) {
        this.azure = azure;
        this.settings = azure.settings();
        this.switches = switches;
    }

    ObjectNode state() {
        var state = Json.object();
        state.set("settings", switches.state());
        var quotas = state.putObject("quotas");
        settings.quotas
                .limits()
                .forEach((key, limit) -> quotas.putObject(key)
                        .put("perSecond", limit.perSecond())
                        .put("bucket", limit.bucket()));
        state.put("faults", settings.faults instanceof FaultRates rates ? rates.toString() : "");
        var hostile = state.putObject("hostile");
        settings.hostile.baits().forEach((bait, trick) -> hostile.put(ControlBody.wire(bait), ControlBody.wire(trick)));
        state.set("redirects", Json.strings(settings.hostile.redirects().toArray(String[]::new)));
        var async = state.putObject("async");
        settings.asyncDeletes.forEach((row, its) -> async.putObject(String.valueOf(row))
                .put("takes", its.takes().toString())
                .put("end", ControlBody.wire(its.end()))
                .put("links", ControlBody.wire(its.links()))
                .put("retryAfterSeconds", its.retryAfterSeconds())
                .put("failingReads", its.failingReads())
                .put("gatewayTimeout", String.valueOf(its.gatewayTimeout())));
        state.set("retired", Json.strings(settings.retired.toArray(String[]::new)));
        state.set("locks", Json.strings(settings.lockedScopes.toArray(String[]::new)));
        state.set("windows", Json.strings(azure.windows().described().toArray(String[]::new)));
        return state.put("tokensJudgedAlike", settings.tokenCheck != null);
    }

    ObjectNode counters() {
        var counters = Json.object();
        var requests = counters.putArray("requests");
        var log = azure.requestLog();
        long throttled = 0;
        for (var entry : log.counters().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(RequestLog.Key::upstream)
                        .thenComparingInt(RequestLog.Key::row)
                        .thenComparingInt(RequestLog.Key::status)))
                .toList()) {
            requests.addObject()
                    .put("upstream", entry.getKey().upstream())
                    .put("row", entry.getKey().row())
                    .put("status", entry.getKey().status())
                    .put("count", entry.getValue());
            throttled += entry.getKey().status() == 429 ? entry.getValue() : 0;
        }
        var quotas = counters.putObject("quotas");
        settings.quotas
                .usage()
                .forEach((key, usage) -> quotas.putObject(key)
                        .put("allowed", usage.allowed())
                        .put("refused", usage.refused())
                        .put("first", String.valueOf(usage.first()))
                        .put("last", String.valueOf(usage.last())));
        var trap = azure.trap();
        counters.putObject("trap")
                .put("connections", trap.connections())
                .put("requests", trap.requests().size())
                .put("bearers", trap.bearers());
        var faults = counters.putObject("faults");
        if (settings.faults instanceof FaultRates rates) {
            rates.counts().forEach((kind, count) -> faults.put(ControlBody.wire(kind), count));
        }
        return counters.put("throttled", throttled)
                .put("bearerLeaks", log.leaks())
                .put("tokenRequests", azure.tokenRequests());
    }
}
