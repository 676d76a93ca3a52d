package io.dsrbroker.job;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task of a {@link DeleteModel}. */
final class ModelTask {

    final TaskKind kind;
    final String type;
    final UUID container;

    /** Whether it deletes the container itself. */
    final boolean own;

    /** With whose deletion it goes. */
    final @Nullable ModelTask coveredBy;

    /** What is to be exported before it is deleted; of an EXPORT, its resource's deletion. */
    @Nullable
    ModelTask partner;

    TaskState state;

    @Nullable
    Reason reason;

    int attempts;

    ModelTask(TaskKind kind, String type, UUID container, boolean own, @Nullable ModelTask coveredBy) {
        this.kind = kind;
        this.type = type;
        this.container = container;
        this.own = own;
        this.coveredBy = coveredBy;
        this.state = kind == TaskKind.EXPORT ? TaskState.READY : TaskState.BLOCKED;
    }

    boolean is(TaskKind wanted, TaskState there) {
        return kind == wanted && state == there;
    }

    void enter(TaskState next, @Nullable Reason why) {
        state = next;
        reason = why;
    }

    @Override
    public String toString() {
        return kind + " " + type + " " + state + (reason == null ? "" : " " + reason);
    }
}
