package io.dsrbroker.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says which deletions may be sent now: a container's only when everything in it has gone, a resource's only when what
 * must go before it has. Pure, so that it can be tested with any history.
 */
final class DeleteOrder {

    private DeleteOrder() {}

    /**
     * All resources of one type in one container that are deleted by calls of their own, by hand, or along with it.
     *
     * @param own whether it is the container itself
     * @param along whether they go along with the container; then only what lies further out waits for them
     * @param blocked how many wait for their turn
     * @param open how many have not ended, those that wait included
     * @param kept how many ended without being gone, for whatever reason
     * @param failed how many of these were to be deleted, and nobody had left them out
     */
    record Group(
            UUID container, String type, boolean own, boolean along, long blocked, long open, long kept, long failed) {}

    /** What becomes of a group's resources that wait. */
    enum Verdict {
        /** Something before them is under way. */
        WAIT,
        /** They may be sent. */
        SEND,
        /** They stay, because something before them does. */
        KEEP
    }

    /**
     * The verdict on a group.
     *
     * @param parents of each container the one in which it lies
     * @param before the types that must be gone before one of a type, in the same container
     */
    static Verdict on(
            Group group, List<Group> all, Map<UUID, @Nullable UUID> parents, Function<String, Set<String>> before) {
        boolean kept = false;
        Set<String> earlier = before.apply(group.type());
        Set<UUID> inside = group.own() ? within(group.container(), parents) : Set.of();
        for (Group other : all) {
            if (other.equals(group)) {
                continue;
            }
            boolean sibling = other.container().equals(group.container()) && earlier.contains(other.type());
            boolean itsOwn = other.along() && other.container().equals(group.container());
            boolean child = inside.contains(other.container()) && !itsOwn;
            if ((sibling || child) && other.open() > 0) {
                return Verdict.WAIT;
            }
            kept |= (sibling && other.failed() > 0) || (child && other.kept() > 0);
        }
        return kept ? Verdict.KEEP : Verdict.SEND;
    }

    private static Set<UUID> within(UUID container, Map<UUID, @Nullable UUID> parents) {
        Map<UUID, List<UUID>> children = new HashMap<>();
        parents.forEach((child, parent) -> {
            if (parent != null) {
                children.computeIfAbsent(parent, any -> new ArrayList<>()).add(child);
            }
        });
        Set<UUID> inside = new HashSet<>();
        List<UUID> next = new ArrayList<>(List.of(container));
        while (!next.isEmpty()) {
            UUID one = next.removeLast();
            if (inside.add(one)) {
                next.addAll(children.getOrDefault(one, List.of()));
            }
        }
        return inside;
    }
}
