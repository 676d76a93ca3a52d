package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.NoSuchJob;
import io.dsrbroker.shared.JobId;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Keeps restricted clients to what is theirs, whatever handler comes to be: under a request's path only to requests that
 * they sent, elsewhere only to calls that are named here because they look after it themselves.
 */
@Component
class ClientAccess implements HandlerInterceptor {

    private static final String ONE_REQUEST = RequestsApi.PATH + "/{id}";
    private static final Set<String> NAMED =
            Set.of(RequestsApi.PATH, TargetsApi.PATH, TargetsApi.PATH + "/{name}", "/api/v1/catalogue");

    private final Clients clients;
    private final JobViews jobs;

    ClientAccess(Clients clients, JobViews jobs) {
        this.clients = clients;
        this.jobs = jobs;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // Later dispatches belong to a call that was let through when it came in.
        if (request.getDispatcherType() != DispatcherType.REQUEST || !(handler instanceof HandlerMethod)) {
            return true;
        }
        Caller caller = CallerArgument.of(request);
        if (clients.restricted(caller)) {
            check(request, caller);
        }
        return true;
    }

    private void check(HttpServletRequest request, Caller caller) {
        String pattern =
                Scopes.inApi(String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)));
        if (pattern.equals(ONE_REQUEST) || pattern.startsWith(ONE_REQUEST + "/")) {
            JobId job = job(request);
            if (!jobs.sentBy(job, Clients.name(caller))) {
                throw new NoSuchJob(job);
            }
        } else if (!NAMED.contains(pattern)) {
            throw new ClosedToClient();
        }
    }

    private static JobId job(HttpServletRequest request) {
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                && variables.get("id") instanceof String id) {
            try {
                return new JobId(UUID.fromString(id.trim()));
            } catch (IllegalArgumentException e) {
                // No id of a request, as below.
            }
        }
        throw new InvalidParameter("id", "It is not of the right form.");
    }
}
