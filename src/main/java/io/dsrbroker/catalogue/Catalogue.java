package io.dsrbroker.catalogue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that the broker knows of its upstreams.
 *
 * @param hash SHA-256 over its content, 64 hex digits; pinned into jobs, packages and receipts
 * @param upstreams by name
 * @param types by name, parents before children
 * @param outOfScope what no call reaches
 */
public record Catalogue(
        String hash, Map<String, Upstream> upstreams, Map<String, ResourceType> types, List<OutOfScope> outOfScope) {

    /** The type of this name; it must exist. */
    public ResourceType type(String name) {
        return Optional.ofNullable(types.get(name))
                .orElseThrow(() -> new IllegalArgumentException("The catalogue has no type " + name));
    }

    /** The upstream of this name; it must exist. */
    public Upstream upstream(String name) {
        return Optional.ofNullable(upstreams.get(name))
                .orElseThrow(() -> new IllegalArgumentException("The catalogue has no upstream " + name));
    }

    /** The upstream of this type. */
    public Upstream upstreamOf(ResourceType type) {
        return upstream(type.upstream());
    }

    /** The types looked for under a target of this kind. */
    public List<ResourceType> roots(String targetKind) {
        return types.values().stream()
                .filter(type -> type.targets().contains(targetKind))
                .toList();
    }

    /** The types that lie directly in this one. */
    public List<ResourceType> childrenOf(ResourceType parent) {
        return types.values().stream()
                .filter(type -> parent.name().equals(type.parent()))
                .toList();
    }

    /** The types of which there is one for every item of this one. */
    public List<ResourceType> itemsOf(ResourceType type) {
        return types.values().stream()
                .filter(other -> type.name().equals(other.itemsOf()))
                .toList();
    }

    /** The type whose deletion takes this one along. */
    public Optional<ResourceType> covering(ResourceType type) {
        return types.values().stream()
                .filter(other -> other.covers().contains(type.name()))
                .findFirst();
    }

    /** The types that must be gone before one of this type is deleted from the same container, however far before. */
    public Set<String> deletedBefore(ResourceType type) {
        Set<String> before = new LinkedHashSet<>();
        Deque<String> rest = new ArrayDeque<>(type.deleteAfter());
        while (!rest.isEmpty()) {
            String name = rest.pop();
            if (before.add(name)) {
                rest.addAll(type(name).deleteAfter());
            }
        }
        return before;
    }

    /** The call that stands for this source row, as "METHOD url". */
    public Optional<String> source(int row) {
        return types.values().stream()
                .flatMap(type -> type.calls().stream())
                .filter(call -> call.rows().contains(row))
                .map(call -> call.method() + " " + call.url())
                .findFirst();
    }
}
