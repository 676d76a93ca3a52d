package io.dsrbroker.callback;

import io.dsrbroker.job.Stage;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A callback as an operator sees it: what became of telling the portal of one stage.
 *
 * @param webhookId the same at every try
 * @param seq numbers the stage changes of a job
 * @param attempts how often it was tried, replays included
 * @param lastStatus HTTP status of the last try; null where no answer came
 * @param lastError fixed words; null where the last try worked
 */
public record Callback(
        UUID webhookId,
        int seq,
        Stage stage,
        CallbackState state,
        int attempts,
        @Nullable Integer lastStatus,
        @Nullable String lastError,
        Instant createdAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant deliveredAt) {}
