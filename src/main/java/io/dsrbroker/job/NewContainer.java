package io.dsrbroker.job;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something found in which other resources lie.
 *
 * @param id derived from its place and key
 * @param target ordinal of its target
 * @param type its type; null for the target itself
 * @param variables every template variable known there
 * @param path its folder in the package
 * @param parent the container in which it was found; null for the target itself
 * @param remover the task whose deletion takes along what lies in it
 * @param refines whether its variables replace those kept before
 */
public record NewContainer(
        UUID id,
        int target,
        @Nullable String type,
        Owner owner,
        Map<String, String> variables,
        String path,
        @Nullable UUID parent,
        @Nullable UUID remover,
        boolean refines) {}
