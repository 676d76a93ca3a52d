package io.dsrbroker.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Issues opaque tokens for client credentials, and judges the bearers of all calls. */
final class LoginService implements TokenCheck {

    private static final Set<String> SCOPES =
            Set.of("https://management.core.windows.net//.default", "https://management.azure.com//.default");

    private final SimulatorSettings settings;
    private final ConcurrentMap<String, Instant> issued = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();

    LoginService(SimulatorSettings settings) {
        this.settings = settings;
    }

    List<Route> routes() {
        return List.of(Route.anonymous(-1, "POST", "/{tenant}/oauth2/v2.0/token", this::token));
    }

    int requests() {
        return requests.get();
    }

    /** Lets every token expire that was issued so far; tells how many. */
    int expireTokens() {
        issued.replaceAll((token, expiry) -> Instant.EPOCH);
        return issued.size();
    }

    void forget() {
        requests.set(0);
    }

    @Override
    public Verdict judge(String token) {
        var chosen = settings.tokenCheck;
        if (chosen != null) {
            return chosen.judge(token);
        }
        if (settings.revokedTokens.contains(token)) {
            return Verdict.EXPIRED;
        }
        var expiry = issued.get(token);
        if (expiry != null) {
            return settings.clock.instant().isBefore(expiry) ? Verdict.ACCEPTED : Verdict.EXPIRED;
        }
        return !settings.onlyIssuedTokens && settings.acceptedTokens.test(token) ? Verdict.ACCEPTED : Verdict.INVALID;
    }

    private Reply token(Call call) {
        requests.incrementAndGet();
        var form = new HashMap<>(Paths.query(call.body()));
        basic(call, form);
        if (!"client_credentials".equals(form.get("grant_type"))) {
            return error(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
        }
        if (!SCOPES.contains(form.getOrDefault("scope", ""))) {
            return error(
                    400, "invalid_scope", 70011, "The provided value for the input parameter 'scope' is not valid.");
        }
        boolean proven = !form.getOrDefault("client_secret", "").isBlank()
                || !form.getOrDefault("client_assertion", "").isBlank();
        if (!proven || !settings.acceptedClients.test(form.getOrDefault("client_id", ""))) {
            return error(401, "invalid_client", 7000215, "Invalid client secret is provided.");
        }
        var token = Secrets.value("bearer-" + UUID.randomUUID());
        issued.put(token, settings.clock.instant().plus(settings.tokenLifetime));
        return Reply.ok(Json.object()
                        .put("token_type", "Bearer")
                        .put("expires_in", settings.tokenLifetime.toSeconds())
                        .put("access_token", token))
                .with("Cache-Control", "no-store, no-cache");
    }

    /** Client id and secret may also stand in a Basic header. */
    private static void basic(Call call, Map<String, String> form) {
        var header = call.header("Authorization");
        if (header == null || !header.startsWith("Basic ")) {
            return;
        }
        var pair = new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        if (colon > 0) {
            form.put("client_id", Paths.decode(pair.substring(0, colon), true));
            form.put("client_secret", Paths.decode(pair.substring(colon + 1), true));
        }
    }

    private Reply error(int status, String error, int code, String message) {
        var now = settings.clock.instant().toString();
        var trace = UUID.randomUUID().toString();
        var body = Json.object()
                .put("error", error)
                .put("error_description", "AADSTS" + code + ": " + message + "\r\nTrace ID: " + trace);
        body.putArray("error_codes").add(code);
        return Reply.json(
                status,
                body.put("timestamp", now)
                        .put("trace_id", trace)
                        .put("correlation_id", UUID.randomUUID().toString()));
    }
}
