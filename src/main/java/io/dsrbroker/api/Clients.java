package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import io.dsrbroker.job.Target;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Knows which clients are restricted: to targets, and to the requests that they sent themselves. */
@Component
class Clients {

    /** Stands in the configuration for tokens that name no client. */
    private static final String NONE = "none";

    /** A setting that came through the environment has lost its upper case, and must not lose its effect with it. */
    private final Map<String, List<ClientProperties.Rule>> rules = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Clients(ClientProperties properties) {
        properties.clients().forEach((client, restriction) -> rules.put(client, restriction.targets()));
    }

    boolean restricted(Caller caller) {
        return rules.containsKey(key(caller));
    }

    /** Whether the caller may have to do with this target. */
    boolean allows(Caller caller, Target target) {
        List<ClientProperties.Rule> restriction = rules.get(key(caller));
        return restriction == null || restriction.stream().anyMatch(rule -> rule.fits(target));
    }

    /** The client whose requests alone the caller may see, empty where the token names none; null for all requests. */
    @Nullable
    String boundTo(Caller caller) {
        return restricted(caller) ? name(caller) : null;
    }

    /** As jobs know it. */
    static String name(Caller caller) {
        String client = caller.client();
        return client == null ? "" : client;
    }

    private static String key(Caller caller) {
        String name = name(caller);
        return name.isEmpty() ? NONE : name;
    }
}
