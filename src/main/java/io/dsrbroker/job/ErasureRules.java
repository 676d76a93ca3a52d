package io.dsrbroker.job;

import io.dsrbroker.catalogue.Call;
import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.ResourceType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** When what is to be destroyed. */
@Component
class ErasureRules {

    private final RetentionProperties retention;
    private final Clock clock;
    private final String[] typesWithSecrets;
    private final String[] typesBeforeSecrets;

    ErasureRules(RetentionProperties retention, Catalogue catalogue, Clock clock) {
        this.retention = retention;
        this.clock = clock;
        Set<String> upstreams = catalogue.types().values().stream()
                .filter(ErasureRules::takesSecrets)
                .map(ResourceType::upstream)
                .collect(Collectors.toSet());
        this.typesWithSecrets = catalogue.types().values().stream()
                .filter(type -> upstreams.contains(type.upstream()))
                .map(ResourceType::name)
                .toArray(String[]::new);
        Set<String> before = new TreeSet<>(List.of(typesWithSecrets));
        for (String name : typesWithSecrets) {
            ResourceType type = catalogue.type(name);
            while (type.parent() != null) {
                type = catalogue.type(type.parent());
                before.add(type.name());
            }
        }
        this.typesBeforeSecrets = before.toArray(String[]::new);
    }

    private static boolean takesSecrets(ResourceType type) {
        return type.calls().stream().map(Call::secretHeader).anyMatch(Objects::nonNull);
    }

    /** The types of the upstreams of which a call takes a secret. */
    String[] typesWithSecrets() {
        return typesWithSecrets.clone();
    }

    /** These, and the types in which they lie: as long as one of them is looked for, secrets may still be needed. */
    String[] typesBeforeSecrets() {
        return typesBeforeSecrets.clone();
    }

    /** Jobs that ended before this are erased. */
    Instant before() {
        return clock.instant().minus(retention.pack());
    }

    Clock clock() {
        return clock;
    }
}
