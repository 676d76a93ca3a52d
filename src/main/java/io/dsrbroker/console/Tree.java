package io.dsrbroker.console;

import io.dsrbroker.job.TaskState;
import io.dsrbroker.job.TaskTotals.Total;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request found, from its targets to the types of resources in them.
 *
 * @param lists how many lists were or are read, by state
 */
public record Tree(List<Branch> targets, Map<TaskState, Long> lists) {

    /** One target. */
    public record Branch(String target, long tasks, List<Twig> types) {}

    /** One type of resource in a target, by state. */
    public record Twig(String type, long tasks, Map<TaskState, Long> states) {}

    static Tree of(List<Total> totals) {
        Map<TaskState, Long> lists = new EnumMap<>(TaskState.class);
        Map<String, Map<String, Map<TaskState, Long>>> found = new LinkedHashMap<>();
        for (Total total : totals) {
            if (total.list()) {
                lists.merge(total.state(), total.tasks(), Long::sum);
            } else {
                found.computeIfAbsent(total.target(), any -> new LinkedHashMap<>())
                        .computeIfAbsent(total.type(), any -> new EnumMap<>(TaskState.class))
                        .merge(total.state(), total.tasks(), Long::sum);
            }
        }
        List<Branch> branches = new ArrayList<>();
        found.forEach((target, types) -> {
            List<Twig> twigs = new ArrayList<>();
            types.forEach((type, states) -> twigs.add(new Twig(type, sum(states), states)));
            branches.add(
                    new Branch(target, twigs.stream().mapToLong(Twig::tasks).sum(), twigs));
        });
        return new Tree(branches, lists);
    }

    private static long sum(Map<TaskState, Long> states) {
        return states.values().stream().mapToLong(Long::longValue).sum();
    }
}
