package io.dsrbroker.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dsrbroker.job.Evidence;
import io.dsrbroker.job.Found;
import io.dsrbroker.job.Owner;
import io.dsrbroker.job.Reason;
import io.dsrbroker.job.TaskKind;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.job.TaskView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as the portal sees it.
 *
 * @param found only of DISCOVER tasks
 * @param history only where one task is asked for; newest last
 */
record ResourceView(
        UUID taskId,
        TaskKind kind,
        String target,
        String type,
        @Nullable String key,
        TaskState state,
        @Nullable Reason reason,
        @Nullable String detail,
        @Nullable String nextStep,
        @Nullable Owner owner,
        int attempts,
        String lane,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant finishedAt,
        @Nullable Instant retainedUntil,
        @Nullable Evidence evidence,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Found found,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Evidence> history) {

    static ResourceView of(TaskView task) {
        return of(task, null);
    }

    static ResourceView withHistory(TaskView task) {
        return of(task, task.history());
    }

    private static ResourceView of(TaskView task, @Nullable List<Evidence> history) {
        return new ResourceView(
                task.id(),
                task.kind(),
                task.target(),
                task.type(),
                task.key(),
                task.state(),
                task.reason(),
                task.detail(),
                task.nextStep(),
                task.owner(),
                task.attempts(),
                task.lane(),
                task.nextAttemptAt(),
                task.finishedAt(),
                task.retainedUntil(),
                task.evidence(),
                found(task),
                history);
    }

    private static @Nullable Found found(TaskView task) {
        if (task.kind() != TaskKind.DISCOVER) {
            return null;
        }
        Found found = task.found();
        return found == null ? Found.NOTHING : found;
    }
}
