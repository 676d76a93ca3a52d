package io.dsrbroker.job;

import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Grows the containers of a {@link DeleteModel} and the tasks in them. */
final class ModelTree {

    private final DeleteModel model;
    private final RandomGenerator random;

    ModelTree(DeleteModel model, RandomGenerator random) {
        this.model = model;
        this.random = random;
    }

    void grow() {
        UUID account = container(null);
        some(account, "profile-file", TaskKind.DELETE, 2);
        some(account, "comment", TaskKind.MANUAL, 2);
        for (int count = random.nextInt(3); count > 0; count--) {
            workspace(account);
        }
        if (random.nextBoolean()) {
            hosting(account);
        }
        if (model.tasks.isEmpty() || random.nextBoolean()) {
            task(TaskKind.DELETE, "account", account, true, null);
        }
    }

    private void workspace(UUID account) {
        UUID workspace = container(account);
        some(workspace, "dataset", TaskKind.DELETE, 2);
        for (int count = random.nextInt(3); count > 0; count--) {
            UUID project = container(workspace);
            ModelTask own = task(TaskKind.DELETE, "project", project, true, null);
            for (int covered = random.nextInt(4); covered > 0; covered--) {
                task(TaskKind.DELETE, "experiment", project, false, own);
            }
        }
        task(TaskKind.DELETE, "workspace", workspace, true, null);
    }

    private void hosting(UUID account) {
        UUID hosting = container(account);
        some(hosting, "service", TaskKind.DELETE, 2);
        some(hosting, "image", TaskKind.DELETE, 2);
        some(hosting, "manifest", TaskKind.DELETE, 2);
        some(hosting, "hosting-model", TaskKind.DELETE, 2);
        task(TaskKind.DELETE, "hosting", hosting, true, null);
    }

    private UUID container(@Nullable UUID parent) {
        UUID id = new UUID(0, model.parents.size());
        model.parents.put(id, parent);
        return id;
    }

    private void some(UUID container, String type, TaskKind kind, int most) {
        for (int count = random.nextInt(most + 1); count > 0; count--) {
            task(kind, type, container, false, null);
        }
    }

    private ModelTask task(TaskKind kind, String type, UUID container, boolean own, @Nullable ModelTask coveredBy) {
        ModelTask task = new ModelTask(kind, type, container, own, coveredBy);
        model.tasks.add(task);
        if (model.exportFirst && kind == TaskKind.DELETE && random.nextInt(3) > 0) {
            ModelTask export = new ModelTask(TaskKind.EXPORT, type, container, false, null);
            export.partner = task;
            model.tasks.add(export);
        }
        if (!own && coveredBy == null && random.nextInt(12) == 0) {
            task.enter(TaskState.OUT_OF_SCOPE, Reason.NOT_OFFERED);
        }
        return task;
    }
}
