package io.dsrbroker.job;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task about to be born; see the table's comments for its fields. */
public record NewTask(
        UUID id,
        int target,
        UUID containerId,
        TaskKind kind,
        String type,
        @Nullable String key,
        TaskState state,
        @Nullable Reason reason,
        @Nullable String detail,
        @Nullable String nextStep,
        @Nullable Owner owner,
        @Nullable UUID ownerContainer,
        String lane,
        String upstream,
        @Nullable UUID waitsFor,
        int pass,
        @Nullable UUID foundBy,
        @Nullable UUID coveredBy) {

    NewTask in(TaskState next, @Nullable Reason why, @Nullable String what, @Nullable String then) {
        return new NewTask(
                id,
                target,
                containerId,
                kind,
                type,
                key,
                next,
                why,
                what,
                then,
                owner,
                ownerContainer,
                lane,
                upstream,
                waitsFor,
                pass,
                foundBy,
                coveredBy);
    }
}
