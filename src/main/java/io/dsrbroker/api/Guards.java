package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import jakarta.servlet.Filter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

/**
 * The API's guards for another way in: whoever reaches the same calls through the console may do there what their scopes
 * allow at the API, and nothing else. Restricted clients are kept to what is theirs for both alike.
 */
@Component
public class Guards {

    static final String SCOPE = "SCOPE_";

    private static final String EVIDENCE = RequestsApi.PATH + "/{id}/resources/{taskId}/evidence/{sha256}";

    private final Clients clients;
    private final LimitProperties limits;
    private final ProblemWriter problems;

    Guards(Clients clients, LimitProperties limits, ProblemWriter problems) {
        this.clients = clients;
        this.limits = limits;
        this.problems = problems;
    }

    /** Lets calls of the API through that have the scope for it. */
    void api(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry calls) {
        Scopes.GRANTS.forEach(grant -> allow(calls, grant));
    }

    /** Lets calls of the console through that have the scope for the same call of the API. */
    public void console(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry calls) {
        Scopes.GRANTS.forEach(grant -> allow(calls, grant.inConsole()));
        // What only the console has: a file that belongs to a confirmation, for those who may confirm.
        allow(calls, new Scopes.Grant(HttpMethod.GET, EVIDENCE, Scopes.OPERATE).inConsole());
    }

    private static void allow(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry calls,
            Scopes.Grant grant) {
        calls.requestMatchers(grant.method(), grant.pattern()).hasAuthority(SCOPE + grant.scope());
        if (grant.method().equals(HttpMethod.GET)) {
            calls.requestMatchers(HttpMethod.HEAD, grant.pattern()).hasAuthority(SCOPE + grant.scope());
        }
    }

    /** Bounds how often a client calls; to be put behind authentication. */
    public Filter limit() {
        return new ClientLimit(new Allowance(limits.requestsPerSecond(), limits.burst(), System::nanoTime), problems);
    }

    /** Whom an access token names. */
    public static Caller callerOf(Jwt access) {
        return CallerArgument.caller(access);
    }

    /** The client whose requests alone the caller may see, empty where none is named; null for all requests. */
    public @Nullable String boundTo(Caller caller) {
        return clients.boundTo(caller);
    }
}
