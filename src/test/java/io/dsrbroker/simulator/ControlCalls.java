package io.dsrbroker.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What can be switched over HTTP while the simulator runs, as JSON; {@code GET /} lists all calls with their fields. Names
 * of upstreams are {@code gallery-catalog}, {@code arm}, {@code model-management}, {@code experiments}, {@code content} and
 * {@code login}; times are ISO 8601 ({@code PT1.5S}, {@code 2026-11-02T12:00:00Z}); an unknown field or value is 400 with
 * an error that names it, and then nothing has changed.
 */
final class ControlCalls {

    private static final String WINDOW = "for=PT30S, or from and until";

    private final AzureSimulator azure;
    private final SimulatorSettings settings;
    private final ControlSwitches switches;
    private final List<ControlServer.Call> calls = new ArrayList<>();

    private ControlCalls(AzureSimulator azure) {
        this.azure = azure;
        this.settings = azure.settings();
        this.switches = new ControlSwitches(azure);
    }

    static List<ControlServer.Call> of(AzureSimulator azure) {
        return new ControlCalls(azure).all();
    }

    private List<ControlServer.Call> all() {
        var faults = new ControlFaults(azure);
        add("GET", "/", "this list", (path, body) -> list());
        add("GET", "/state", "how the simulator behaves", (path, body) -> new ControlState(azure, switches).state());
        add("GET", "/counters", "what has happened", (path, body) -> new ControlState(azure, switches).counters());
        add("DELETE", "/counters", "counts anew and forgets requests", this::forget);
        add("PUT", "/settings", "any of " + switches.described(), switches::write);
        add("PUT", "/quotas/{upstream}", "reads and deletes, each {perSecond, bucket}", faults::quota);
        add("DELETE", "/quotas/{upstream}", "no limits", faults::noQuota);
        add(
                "PUT",
                "/faults",
                "seed, and total=0.2 or rates={kind: probability}; upstreams, methods, rows, retryAfterSeconds, timeout,"
                        + " slowBody; kinds: " + ControlFaults.kinds(),
                faults::rates);
        add("DELETE", "/faults", "nothing goes wrong", faults::none);
        add("POST", "/outages", "upstream, how=refused|reset|unavailable, " + WINDOW, faults::outage);
        add("POST", "/brown-outs", "upstream, share=0..1, status=503 or delay=PT2S, " + WINDOW, faults::brownOut);
        add("DELETE", "/windows", "ends outages and brown-outs, also those to come", faults::endWindows);
        add(
                "PUT",
                "/hostile",
                "links={bait: trick}, redirects={upstream: {status, rows}}; baits: "
                        + ControlFaults.names(Hostile.Bait.class) + "; tricks: "
                        + ControlFaults.names(Hostile.Trick.class),
                faults::hostile);
        add("DELETE", "/hostile", "no hostile links", faults::notHostile);
        add(
                "PUT",
                "/async/{row}",
                "takes=PT2S, end=succeeded|failed|canceled|timed-out, links=location|status|both, retryAfterSeconds,"
                        + " failingReads, failingRead=500|404|429|hang-up, gatewayTimeout=PT1S",
                faults::async);
        add("DELETE", "/async/{row}", "the DELETE of this row answers at once", faults::notAsync);
        add("POST", "/tokens/revocation", "every bearer issued so far has expired", this::revoke);
        add("PUT", "/tokens/verdict", "verdict=" + ControlFaults.names(TokenCheck.Verdict.class), this::verdict);
        add("DELETE", "/tokens/verdict", "bearers are judged one by one", (path, body) -> judge(null));
        add("POST", "/content-links/expiry", "every link to content handed out so far gets 403", this::expireLinks);
        add("PUT", "/retired/{upstream}", "the provider is gone", this::retire);
        add("DELETE", "/retired/{upstream}", "the provider is back", this::revive);
        add("PUT", "/locks", "scopes=[resource manager paths] under which nothing is deleted", this::lock);
        add("DELETE", "/locks", "no locks", (path, body) -> locks(List.of()));
        return List.copyOf(calls);
    }

    private void add(String method, String path, String summary, ControlServer.Handler handler) {
        calls.add(new ControlServer.Call(method, path, summary, handler));
    }

    private JsonNode list() {
        var list = Json.object();
        calls.forEach(call -> list.put(call.method() + " " + call.path(), call.summary()));
        return list;
    }

    private @Nullable JsonNode forget(Map<String, String> path, ControlBody body) {
        body.done();
        azure.forget();
        return null;
    }

    private JsonNode revoke(Map<String, String> path, ControlBody body) {
        body.done();
        return Json.object().put("revoked", azure.expireTokens());
    }

    private @Nullable JsonNode verdict(Map<String, String> path, ControlBody body) {
        var verdict = body.constant(TokenCheck.Verdict.class, "verdict", null);
        body.done();
        return judge(token -> verdict);
    }

    private @Nullable JsonNode judge(@Nullable TokenCheck check) {
        settings.tokenCheck = check;
        return null;
    }

    private @Nullable JsonNode expireLinks(Map<String, String> path, ControlBody body) {
        body.done();
        settings.expireContentLinks();
        return null;
    }

    static String upstream(Map<String, String> path) {
        return Upstream.named(path.getOrDefault("upstream", "")).wireName();
    }

    private @Nullable JsonNode retire(Map<String, String> path, ControlBody body) {
        body.done();
        settings.retired.add(upstream(path));
        return null;
    }

    private @Nullable JsonNode revive(Map<String, String> path, ControlBody body) {
        body.done();
        settings.retired.remove(upstream(path));
        return null;
    }

    private @Nullable JsonNode lock(Map<String, String> path, ControlBody body) {
        var scopes = body.texts("scopes", null);
        body.done();
        return locks(scopes);
    }

    private @Nullable JsonNode locks(List<String> scopes) {
        settings.lockedScopes.retainAll(scopes);
        settings.lockedScopes.addAll(scopes);
        return null;
    }
}
