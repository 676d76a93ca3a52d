package io.dsrbroker.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What must hold of a {@link DeleteModel}, said without any of the parts under test. */
final class DeleteInvariants {

    private final DeleteModel model;
    private final List<String> violations = new ArrayList<>();
    private boolean cancelled;
    private boolean begun;

    DeleteInvariants(DeleteModel model) {
        this.model = model;
    }

    List<String> violations() {
        return violations;
    }

    /** A cancel was accepted. */
    void cancelled() {
        require(!begun, "cancelled after a deletion was begun");
        cancelled = true;
    }

    /** A deletion was begun, and nothing else has changed since. */
    void begun(ModelTask task) {
        begun = true;
        require(!cancelled, task + " begun after a cancel");
        require(!model.stage.ended(), task + " begun after the end");
        require(!model.onHold, task + " begun during a hold");
        require(model.phase == Phase.DELETING, task + " begun in phase " + model.phase);
        require(
                model.approvedHash != null && Objects.equals(model.approvedHash, model.planHash),
                task + " begun without an approval of the current plan");
        for (ModelTask other : model.tasks) {
            if (other != task) {
                turn(task, other);
            }
        }
    }

    private void turn(ModelTask task, ModelTask other) {
        if (model.exportFirst && other.kind == TaskKind.EXPORT && takes(task, other)) {
            require(other.state.terminal(), task + " begun before " + other);
            require(!other.state.exception(), task + " begun, yet not exported: " + other);
        } else if (other.kind != TaskKind.EXPORT && other.coveredBy == task) {
            require(
                    other.state == TaskState.BLOCKED || other.state.good(),
                    task + " begun with what was kept: " + other);
        } else if (!apart(task, other) && task.own && within(other.container, task.container)) {
            require(other.state.terminal(), task + " begun before what is inside: " + other);
            require(!other.state.exception(), task + " begun, yet inside was kept: " + other);
        }
        if (other.kind != TaskKind.EXPORT && other.container.equals(task.container) && earlier(task, other)) {
            require(other.state.terminal(), task + " begun before " + other);
        }
    }

    /** Whether it is no part of the deletion, or goes along with this very container. */
    private static boolean apart(ModelTask task, ModelTask other) {
        return other.kind == TaskKind.EXPORT || other.coveredBy == task;
    }

    private static boolean takes(ModelTask task, ModelTask export) {
        ModelTask resource = export.partner;
        return resource != null && (resource == task || resource.coveredBy == task);
    }

    private static boolean earlier(ModelTask task, ModelTask other) {
        return DeleteModel.BEFORE.getOrDefault(task.type, Set.of()).contains(other.type);
    }

    private boolean within(UUID inner, UUID outer) {
        for (@Nullable UUID at = inner; at != null; at = model.parents.get(at)) {
            if (at.equals(outer)) {
                return true;
            }
        }
        return false;
    }

    /** A step is done. */
    void stepped() {
        switch (model.stage) {
            case COMPLETED -> model.tasks.forEach(this::completed);
            case COMPLETED_WITH_EXCEPTIONS -> {
                require(any(task -> task.state.exception()), "completed with exceptions, but there is none");
                require(!any(task -> !task.state.terminal()), "completed, but something is open");
            }
            case FAILED -> {
                require(!any(task -> task.state.good()), "failed, but something went well");
                require(any(task -> task.state == TaskState.FAILED), "failed, but nothing was given up");
            }
            default -> {}
        }
        boolean ended = model.stage.ended() && model.stage != Stage.DENIED && model.stage != Stage.CANCELLED;
        require(!ended || model.packaged || !model.exportFirst, "ended without its package");
    }

    private void completed(ModelTask task) {
        require(task.state.terminal() && !task.state.exception(), "completed with " + task);
        ModelTask container = task.coveredBy;
        require(
                task.state != TaskState.COVERED
                        || (container != null
                                && (container.state == TaskState.DELETED || container.state == TaskState.ABSENT)),
                "completed with " + task + " in " + container);
    }

    private boolean any(Predicate<ModelTask> what) {
        return model.tasks.stream().anyMatch(what);
    }

    void require(boolean holds, String violation) {
        if (!holds) {
            violations.add(violation);
        }
    }
}
