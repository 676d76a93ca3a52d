package io.dsrbroker.export;

import com.azure.storage.blob.models.BlobStorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a failed call means, in our words: those of the service and of its client hold URLs, and go nowhere. */
final class BlobFailure {

    static final String NO_BLOB = "BlobNotFound";
    static final String NO_CONTAINER = "ContainerNotFound";
    static final String NO_RANGE = "InvalidRange";

    private static final Pattern CODE = Pattern.compile("[A-Za-z]{1,64}");
    private static final int DEEPEST = 20;

    private BlobFailure() {}

    /** As a folder would have failed; what is not there is a {@link FileNotFoundException}. */
    static IOException of(RuntimeException failure, String key) {
        if (failure instanceof BlobStorageException answer) {
            String code = code(answer);
            if (answer.getStatusCode() == 404 && (code.isEmpty() || code.equals(NO_BLOB))) {
                return new FileNotFoundException("The export store has no object " + key);
            }
            if (code.equals(NO_CONTAINER)) {
                return new IOException("The export store's container does not exist: create it");
            }
            return new IOException(("Azure Blob Storage answered HTTP " + answer.getStatusCode() + " " + code).strip());
        }
        Throwable root = root(failure);
        if (root instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new InterruptedIOException("A call to Azure Blob Storage was interrupted");
        }
        return new IOException(
                "A call to Azure Blob Storage failed: " + root.getClass().getSimpleName());
    }

    /** The service's code for an error; empty where it gave none. */
    static String code(BlobStorageException answer) {
        String code = String.valueOf(answer.getErrorCode());
        return answer.getErrorCode() != null && CODE.matcher(code).matches() ? code : "";
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; depth < DEEPEST; depth++) {
            @Nullable Throwable cause = root.getCause();
            if (cause == null) {
                return root;
            }
            root = cause;
        }
        return root;
    }
}
