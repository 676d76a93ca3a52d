package io.dsrbroker.job;

import io.dsrbroker.catalogue.ResourceType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A thing that a list showed.
 *
 * @param lies where it is filed
 * @param named whether the list gave it a key; else {@code key} is a substitute
 * @param sharedWith the container whose owner, and whose decision, it shares
 * @param foundBy the DISCOVER task whose list it is
 */
record Sighting(
        ResourceType type,
        Place lies,
        String key,
        boolean named,
        Harvest.Standing standing,
        @Nullable UUID sharedWith,
        UUID foundBy,
        JsonNode item) {

    /** Another type of which there is one for every item of this list. */
    Sighting as(ResourceType other) {
        return new Sighting(other, lies, key, named, standing, sharedWith, foundBy, item);
    }

    /** The task of this kind about it. */
    UUID taskId(io.dsrbroker.shared.JobId job, TaskKind kind) {
        return Births.taskId(job, kind, lies, type.name(), key);
    }
}
