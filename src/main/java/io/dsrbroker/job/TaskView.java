package io.dsrbroker.job;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as its reader sees it.
 *
 * @param target the target's name
 * @param history all evidence, newest last
 * @param path the folder of what it lies in, in the package
 */
public record TaskView(
        UUID id,
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
        @Nullable Found found,
        List<Evidence> history,
        String path) {

    /** With what it and its folder are called. */
    TaskView opened(@Nullable String name, String folder) {
        return new TaskView(
                id,
                kind,
                target,
                type,
                name,
                state,
                reason,
                detail,
                nextStep,
                owner,
                attempts,
                lane,
                nextAttemptAt,
                finishedAt,
                retainedUntil,
                found,
                history,
                folder);
    }

    /** The newest evidence. */
    public @Nullable Evidence evidence() {
        return history.isEmpty() ? null : history.getLast();
    }
}
