package io.dsrbroker.lane;

import io.dsrbroker.job.ClaimedTask;
import io.dsrbroker.upstream.Continuation;
import io.dsrbroker.upstream.Operation;
import io.dsrbroker.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Seals the place where a task goes on: it may hold a signed URL. */
@Component
class Cursors {

    private static final String LINK = "link ";
    private static final String TOKEN = "token ";

    private final Vault vault;

    Cursors(Vault vault) {
        this.vault = vault;
    }

    String sealed(ClaimedTask task, Continuation continuation) {
        return seal(
                task,
                switch (continuation) {
                    case Continuation.Link link -> LINK + link.url();
                    case Continuation.Token token -> TOKEN + token.value();
                });
    }

    @Nullable
    Continuation continuation(ClaimedTask task) {
        String cursor = task.cursor() == null ? null : open(task, task.cursor());
        if (cursor == null) {
            return null;
        }
        return cursor.startsWith(LINK)
                ? new Continuation.Link(cursor.substring(LINK.length()))
                : new Continuation.Token(cursor.substring(TOKEN.length()));
    }

    /**
     * What a deletion waits for.
     *
     * @param asked whether it has been asked for before
     * @param begun when the deletion was taken
     * @param unreadableSince since when no answer could be read; null where the last one could
     */
    record Awaited(
            Operation operation,
            boolean asked,
            Instant begun,
            @Nullable Instant unreadableSince) {

        Awaited moved(Operation to) {
            return new Awaited(to, asked, begun, unreadableSince);
        }

        Awaited readable() {
            return new Awaited(operation, true, begun, null);
        }

        Awaited unreadable(Instant now) {
            return new Awaited(operation, true, begun, unreadableSince == null ? now : unreadableSince);
        }
    }

    String sealed(ClaimedTask task, Awaited awaited) {
        Operation operation = awaited.operation();
        return seal(
                task,
                String.join(
                        " ",
                        operation.dialect().name(),
                        operation.retryAfter().toString(),
                        String.valueOf(awaited.asked()),
                        awaited.begun().toString(),
                        String.valueOf(awaited.unreadableSince()),
                        operation.url()));
    }

    Awaited awaited(ClaimedTask task) {
        String[] parts = url(task).split(" ", 6);
        Operation operation = new Operation(Operation.Dialect.valueOf(parts[0]), parts[5], Duration.parse(parts[1]));
        return new Awaited(
                operation,
                Boolean.parseBoolean(parts[2]),
                Instant.parse(parts[3]),
                parts[4].equals("null") ? null : Instant.parse(parts[4]));
    }

    String sealedUrl(ClaimedTask task, String url) {
        return seal(task, url);
    }

    String url(ClaimedTask task) {
        return task.cursor() == null ? "" : open(task, task.cursor());
    }

    private String seal(ClaimedTask task, String plain) {
        byte[] sealed = vault.seal(task.job(), task.cursorPlace(), plain.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(sealed);
    }

    private String open(ClaimedTask task, String cursor) {
        byte[] sealed = Base64.getMimeDecoder().decode(cursor);
        return new String(vault.open(task.job(), task.cursorPlace(), sealed), StandardCharsets.UTF_8);
    }
}
