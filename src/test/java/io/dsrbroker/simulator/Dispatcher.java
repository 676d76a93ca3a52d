package io.dsrbroker.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the route of a call and answers what comes before any handler: credentials, retirement, api-version. */
final class Dispatcher {

    /** A route with the variables of one path. */
    record Match(Route route, Map<String, String> variables) {}

    private final Upstream upstream;
    private final List<Route> routes;
    private final SimulatorSettings settings;
    private final TokenCheck tokens;

    Dispatcher(Upstream upstream, List<Route> routes, SimulatorSettings settings, TokenCheck tokens) {
        this.upstream = upstream;
        this.routes = routes;
        this.settings = settings;
        this.tokens = tokens;
    }

    @Nullable
    Match match(String method, List<String> path) {
        for (var route : routes) {
            var variables = route.method().equals(method) ? route.match(path) : null;
            if (variables != null) {
                return new Match(route, variables);
            }
        }
        return null;
    }

    Reply unmatched(List<String> path) {
        boolean otherVerb = routes.stream().anyMatch(route -> route.match(path) != null);
        return Errors.noRoute(upstream, otherVerb ? 405 : 404);
    }

    Reply answer(Call call, Route route) {
        if (route.bearer()) {
            var verdict = judge(call.header("Authorization"));
            if (verdict != TokenCheck.Verdict.ACCEPTED) {
                return Errors.unauthorized(verdict);
            }
        }
        if (settings.retired.contains(upstream.wireName())) {
            return Errors.arm(404, "NoRegisteredProviderFound", "No registered resource provider found.");
        }
        var version = route.apiVersion();
        if (version != null && !version.equals(call.parameter("api-version"))) {
            return Errors.apiVersion(upstream, call.parameter("api-version"), version);
        }
        return route.handler().handle(call);
    }

    private TokenCheck.Verdict judge(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return TokenCheck.Verdict.INVALID;
        }
        return tokens.judge(header.substring(7).strip());
    }
}
