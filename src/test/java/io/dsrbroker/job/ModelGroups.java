package io.dsrbroker.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Frees the tasks of a {@link DeleteModel} as the order says. */
final class ModelGroups {

    private static final Set<Reason> NOT_LEFT_OUT = Set.of(Reason.CHILD_KEPT, Reason.EXPORT_INCOMPLETE);

    private ModelGroups() {}

    private record Key(UUID container, String type, boolean own, boolean along) {}

    /** Answers whether something was kept back. */
    static boolean review(DeleteModel model) {
        Map<Key, List<ModelTask>> members = new LinkedHashMap<>();
        for (ModelTask task : model.tasks) {
            if (task.kind != TaskKind.EXPORT) {
                ModelTask container = task.coveredBy;
                Key key = container == null
                        ? new Key(task.container, task.type, task.own, false)
                        : new Key(container.container, task.type, false, true);
                members.computeIfAbsent(key, any -> new ArrayList<>()).add(task);
            }
        }
        Map<Key, DeleteOrder.Group> groups = new LinkedHashMap<>();
        members.forEach((key, some) -> groups.put(key, group(key, some)));
        List<DeleteOrder.Group> all = List.copyOf(groups.values());
        boolean kept = false;
        for (Map.Entry<Key, DeleteOrder.Group> entry : groups.entrySet()) {
            if (entry.getValue().blocked() == 0) {
                continue;
            }
            DeleteOrder.Verdict verdict = model.rules
                    .order()
                    .on(entry.getValue(), all, model.parents, type -> DeleteModel.BEFORE.getOrDefault(type, Set.of()));
            List<ModelTask> waiting = members.getOrDefault(entry.getKey(), List.of()).stream()
                    .filter(task -> task.is(TaskKind.DELETE, TaskState.BLOCKED))
                    .toList();
            switch (verdict) {
                case WAIT -> {}
                case SEND -> waiting.forEach(task -> task.enter(TaskState.READY, null));
                case KEEP -> waiting.forEach(task -> task.enter(TaskState.SKIPPED, Reason.CHILD_KEPT));
            }
            kept |= verdict == DeleteOrder.Verdict.KEEP && !waiting.isEmpty();
        }
        return kept;
    }

    private static DeleteOrder.Group group(Key key, List<ModelTask> some) {
        return new DeleteOrder.Group(
                key.container(),
                key.type(),
                key.own(),
                key.along(),
                key.along()
                        ? 0
                        : some.stream()
                                .filter(task -> task.state == TaskState.BLOCKED)
                                .count(),
                some.stream().filter(task -> !task.state.terminal()).count(),
                some.stream().filter(task -> task.state.exception()).count(),
                some.stream().filter(ModelGroups::failed).count());
    }

    private static boolean failed(ModelTask task) {
        Reason reason = task.reason;
        return switch (task.state) {
            case UNVERIFIED, SOURCE_RETIRED, FAILED, CANCELLED -> true;
            default -> reason != null && NOT_LEFT_OUT.contains(reason);
        };
    }

    /** What goes with a container is looked for once that is gone, and stays where that stays. */
    static void release(List<ModelTask> tasks) {
        for (ModelTask task : tasks) {
            ModelTask container = task.coveredBy;
            if (container == null || task.state != TaskState.BLOCKED || !container.state.terminal()) {
                continue;
            }
            switch (container.state) {
                case DELETED, ABSENT -> task.enter(TaskState.VERIFYING, null);
                case SKIPPED, CANCELLED -> task.enter(TaskState.SKIPPED, Reason.NO_OWN_DELETE);
                case SOURCE_RETIRED -> task.enter(TaskState.SOURCE_RETIRED, Reason.PROVIDER_GONE);
                default -> task.enter(TaskState.UNVERIFIED, Reason.ABSENCE_UNPROVEN);
            }
        }
    }
}
