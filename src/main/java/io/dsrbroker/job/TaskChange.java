package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a task in one try.
 *
 * @param cursor sealed place to go on from, in Base64
 * @param lane where it is worked on from now
 * @param upstream that lane's upstream
 * @param attempts by how many tries it counts
 * @param answersIntent whether its evidence completes that of the intent, which stands last
 * @param failing whether the try failed; a try that did not ends a row of failures
 * @param retryAfter how long RETRY_WAIT lasts
 * @param found what was found in all, of a DISCOVER task
 * @param evidence what was sent and answered, oldest first
 */
public record TaskChange(
        JobId job,
        UUID id,
        TaskState state,
        @Nullable Reason reason,
        @Nullable String detail,
        @Nullable String nextStep,
        int step,
        @Nullable String cursor,
        @Nullable String lane,
        @Nullable String upstream,
        int attempts,
        boolean answersIntent,
        boolean failing,
        @Nullable Duration retryAfter,
        @Nullable Found found,
        List<Evidence> evidence) {
    /** This change, coming right after an older one of the same task. */
    public TaskChange after(TaskChange older) {
        List<Evidence> both = new ArrayList<>(older.evidence);
        both.addAll(evidence);
        return new TaskChange(
                job,
                id,
                state,
                reason,
                detail,
                nextStep,
                step,
                cursor,
                lane,
                upstream,
                Math.max(attempts, older.attempts),
                answersIntent,
                failing,
                retryAfter,
                found == null ? older.found : found,
                List.copyOf(both));
    }
}
