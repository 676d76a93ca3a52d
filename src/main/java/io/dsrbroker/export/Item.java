package io.dsrbroker.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dsrbroker.job.Found;
import io.dsrbroker.job.Reason;
import io.dsrbroker.job.TaskKind;
import io.dsrbroker.job.TaskState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as the package's report tells it.
 *
 * @param row the source row of its newest evidence
 * @param source that row's call, as "METHOD url"
 * @param fetchedAt when the newest answer came
 * @param path its file in the package, below the top folder; null where there is none
 * @param sha256 of that file
 * @param bytes length of that file
 * @param uriPath the file of the URI kept beside it
 * @param found of a DISCOVER task
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Item(
        UUID taskId,
        TaskKind kind,
        String target,
        String type,
        @Nullable String key,
        TaskState state,
        @Nullable Reason reason,
        @Nullable String detail,
        @Nullable String nextStep,
        @Nullable Integer row,
        @Nullable String source,
        @Nullable Instant fetchedAt,
        @Nullable String path,
        @Nullable String sha256,
        @Nullable Long bytes,
        @Nullable String uriPath,
        @Nullable Found found) {

    /** The same with its files. */
    Item in(String path, String sha256, long bytes, @Nullable String uriPath) {
        return new Item(
                taskId, kind, target, type, key, state, reason, detail, nextStep, row, source, fetchedAt, path, sha256,
                bytes, uriPath, found);
    }

    /** Whether it is one whose name may be another person's: nothing says that it is the subject's. */
    boolean nameless() {
        return key == null || reason == Reason.OWNER_UNKNOWN || reason == Reason.EXCLUDED;
    }
}
