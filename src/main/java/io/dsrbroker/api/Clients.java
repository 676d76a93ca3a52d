package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import io.dsrbroker.job.Target;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;

/** Knows which clients are restricted: to targets, and to the requests that they sent themselves. */
@Component
class Clients {

    private static final Logger log = LoggerFactory.getLogger(Clients.class);
    private static final ConfigurationPropertyName SETTING = ConfigurationPropertyName.of("dsr.clients");

    /** Stands in the configuration for tokens that name no client. */
    private static final String NONE = "none";

    private final Map<String, List<ClientProperties.Rule>> rules = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Clients(ClientProperties properties, ConfigurableEnvironment environment) {
        refuseWhatIsNoList(environment);
        for (ClientProperties.Restriction restriction : properties.clients()) {
            if (rules.put(restriction.name(), restriction.targets()) != null) {
                throw new IllegalArgumentException("dsr.clients names " + restriction.name() + " more than once");
            }
        }
        log.info("Restricted clients: {}", rules.keySet());
    }

    /** Such a setting would be passed over, and restrict nobody. */
    private static void refuseWhatIsNoList(ConfigurableEnvironment environment) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names) {
                names.stream()
                        .filter(name ->
                                SETTING.isAncestorOf(name) && !name.isNumericIndex(SETTING.getNumberOfElements()))
                        .findFirst()
                        .ifPresent(name -> {
                            throw new IllegalArgumentException(
                                    "dsr.clients is a list: dsr.clients[0].name and dsr.clients[0].targets, not "
                                            + name);
                        });
            }
        }
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
