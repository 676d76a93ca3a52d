package io.dsrbroker.job;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A container as its contents see it.
 *
 * @param id its row
 * @param target ordinal of its target
 * @param owner whose it is
 * @param decision what a person decided about it
 * @param variables every template variable known there
 * @param path its folder in the package
 * @param remover the task whose deletion takes along what lies here
 */
public record Place(
        UUID id,
        int target,
        Owner owner,
        @Nullable Decision decision,
        Map<String, String> variables,
        String path,
        @Nullable UUID remover) {

    /** The same place, filed under another container. */
    Place filedUnder(UUID container) {
        return new Place(container, target, owner, null, variables, path, remover);
    }
}
