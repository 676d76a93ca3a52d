package io.dsrbroker.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The control calls that make life hard for the broker. */
final class ControlFaults {

    private static final Duration NONE = Duration.ofSeconds(-1);

    private final AzureSimulator azure;
    private final SimulatorSettings settings;

    ControlFaults(AzureSimulator azure) {
        this.azure = azure;
        this.settings = azure.settings();
    }

    static String kinds() {
        return names(FaultKind.class);
    }

    static <E extends Enum<E>> String names(Class<E> type) {
        return Stream.of(type.getEnumConstants()).map(ControlBody::wire).collect(Collectors.joining("|"));
    }

    @Nullable
    JsonNode quota(Map<String, String> path, ControlBody body) {
        var upstream = ControlCalls.upstream(path);
        var changes = new ArrayList<Runnable>();
        limit(body, "reads", upstream, Quotas.Kind.READ, changes);
        limit(body, "deletes", upstream, Quotas.Kind.DELETE, changes);
        body.done();
        changes.forEach(Runnable::run);
        return null;
    }

    private void limit(ControlBody body, String field, String upstream, Quotas.Kind kind, List<Runnable> changes) {
        if (body.has(field)) {
            var limit = body.object(field);
            var wanted = new Quotas.Limit(limit.number("perSecond", null), limit.integer("bucket", null));
            limit.done();
            changes.add(() -> settings.quotas.limit(upstream, kind, wanted.perSecond(), wanted.bucket()));
        } else {
            changes.add(() -> settings.quotas.lift(upstream, kind));
        }
    }

    @Nullable
    JsonNode noQuota(Map<String, String> path, ControlBody body) {
        return quota(path, body);
    }

    @Nullable
    JsonNode rates(Map<String, String> path, ControlBody body) {
        long seed = body.integer("seed", 0);
        var faults = body.has("total") ? FaultRates.mixed(seed, body.number("total", null)) : FaultRates.seeded(seed);
        var rates = body.object("rates");
        for (var name : rates.names()) {
            faults.rate(ControlBody.known(FaultKind.class, "kind of fault", name), rates.number(name, null));
        }
        if (body.has("upstreams")) {
            faults.upstreams(body.texts("upstreams", null).toArray(String[]::new));
        }
        if (body.has("methods")) {
            faults.methods(body.texts("methods", null).toArray(String[]::new));
        }
        if (body.has("rows")) {
            faults.rows(body.integers("rows").toArray(Integer[]::new));
        }
        faults.retryAfter(body.integer("retryAfterSeconds", 1))
                .timeout(body.duration("timeout", Duration.ofSeconds(30)))
                .slowBody(body.duration("slowBody", Duration.ofSeconds(2)));
        body.done();
        settings.faults = faults;
        return null;
    }

    @Nullable
    JsonNode none(Map<String, String> path, ControlBody body) {
        body.done();
        settings.faults = Faults.none();
        return null;
    }

    /** From when to when. */
    private record Span(Instant from, Instant until) {}

    private Span span(ControlBody body) {
        if (body.has("for")) {
            var now = settings.clock.instant();
            return new Span(now, now.plus(body.duration("for", null)));
        }
        return new Span(body.instant("from", null), body.instant("until", null));
    }

    @Nullable
    JsonNode outage(Map<String, String> path, ControlBody body) {
        var upstream = Upstream.named(body.text("upstream", null)).wireName();
        var how = body.constant(Windows.Outage.class, "how", Windows.Outage.REFUSED);
        var span = span(body);
        body.done();
        azure.windows().outage(upstream, how, span.from(), span.until());
        return null;
    }

    @Nullable
    JsonNode brownOut(Map<String, String> path, ControlBody body) {
        var upstream = Upstream.named(body.text("upstream", null)).wireName();
        double share = body.number("share", null);
        var delay = body.duration("delay", NONE);
        int status = body.integer("status", 503);
        var span = span(body);
        body.done();
        var fault = delay.isNegative() ? Fault.error(status, "Simulated" + status) : Fault.late(delay);
        azure.windows().brownOut(upstream, share, fault, span.from(), span.until());
        return null;
    }

    @Nullable
    JsonNode endWindows(Map<String, String> path, ControlBody body) {
        body.done();
        azure.windows().end();
        return null;
    }

    @Nullable
    JsonNode hostile(Map<String, String> path, ControlBody body) {
        var changes = new ArrayList<Runnable>();
        var links = body.object("links");
        for (var name : links.names()) {
            var bait = ControlBody.known(Hostile.Bait.class, "link", name);
            var trick = links.constant(Hostile.Trick.class, name, null);
            changes.add(() -> settings.hostile.bait(bait, trick));
        }
        var redirects = body.object("redirects");
        for (var name : redirects.names()) {
            var upstream = Upstream.named(name).wireName();
            var redirect = redirects.object(name);
            int status = redirect.integer("status", 307);
            Integer[] rows = redirect.integers("rows").toArray(Integer[]::new);
            redirect.done();
            Hostile.requireRedirect(status);
            changes.add(() -> settings.hostile.redirect(upstream, status, rows));
        }
        body.done();
        settings.hostile.clear();
        changes.forEach(Runnable::run);
        return null;
    }

    @Nullable
    JsonNode notHostile(Map<String, String> path, ControlBody body) {
        body.done();
        settings.hostile.clear();
        return null;
    }

    @Nullable
    JsonNode async(Map<String, String> path, ControlBody body) {
        int row = row(path);
        var async = SimulatorSettings.Async.succeeding(body.duration("takes", null))
                .ending(body.constant(SimulatorSettings.Async.End.class, "end", SimulatorSettings.Async.End.SUCCEEDED))
                .linking(
                        body.constant(SimulatorSettings.Async.Links.class, "links", SimulatorSettings.Async.Links.BOTH))
                .retryAfter(body.integer("retryAfterSeconds", -1))
                .failingReads(body.integer("failingReads", 0), failingRead(body.text("failingRead", "500")));
        var gateway = body.duration("gatewayTimeout", NONE);
        body.done();
        settings.asyncDeletes.put(row, gateway.isNegative() ? async : async.timingOutAtTheGateway(gateway));
        return null;
    }

    private static Fault failingRead(String how) {
        return switch (how) {
            case "500" -> Fault.error(500, "InternalServerError");
            case "404" -> Fault.error(404, "NotFound");
            case "429" -> Fault.throttled(1);
            case "hang-up" -> Fault.hangUp();
            default ->
                throw new ControlBody.Refused("'" + how + "' is no failingRead; known are 500, 404, 429, hang-up");
        };
    }

    @Nullable
    JsonNode notAsync(Map<String, String> path, ControlBody body) {
        body.done();
        settings.asyncDeletes.remove(row(path));
        return null;
    }

    private static int row(Map<String, String> path) {
        var row = path.getOrDefault("row", "");
        if (!List.of("4", "6", "8", "10", "12", "13", "15", "16").contains(row)) {
            throw new ControlBody.Refused(
                    "'" + row + "' is no row with a DELETE; known are 4, 6, 8, 10, 12, 13, 15, 16");
        }
        return Integer.parseInt(row);
    }
}
