package io.dsrbroker.api;

import io.dsrbroker.callback.Callback;
import io.dsrbroker.callback.CallbackState;
import io.dsrbroker.job.Stage;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A callback as the portal sees it; where it goes is not shown, since the URL may hold a secret.
 *
 * @param webhookId the same at every try
 * @param lastError fixed words
 */
record CallbackView(
        UUID webhookId,
        Stage stage,
        CallbackState state,
        int attempts,
        @Nullable Integer lastStatus,
        @Nullable String lastError,
        Instant createdAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant deliveredAt) {

    static CallbackView of(Callback callback) {
        return new CallbackView(
                callback.webhookId(),
                callback.stage(),
                callback.state(),
                callback.attempts(),
                callback.lastStatus(),
                callback.lastError(),
                callback.createdAt(),
                callback.nextAttemptAt(),
                callback.deliveredAt());
    }
}
