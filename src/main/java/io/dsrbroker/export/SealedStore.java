package io.dsrbroker.export;

import io.dsrbroker.shared.Digests;
import io.dsrbroker.shared.JobId;
import io.dsrbroker.vault.Vault;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** Streams plain bytes into the export store, sealed and hashed on their way, never held in memory. */
@Component
class SealedStore {

    private static final int BUFFER = 1 << 16;

    private final ExportStore store;
    private final Vault vault;

    SealedStore(ExportStore store, Vault vault) {
        this.store = store;
        this.vault = vault;
    }

    /** Deletes an object, or a folder with all that lies in it. */
    void discard(String key) {
        try {
            store.delete(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps all that the source writes; where it fails, nothing is kept. */
    StoredContent put(JobId job, String place, String key, ContentSource source) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (ExportStore.Upload upload = store.begin(key)) {
            CountingStream counting =
                    new CountingStream(new DigestOutputStream(vault.sealing(job, place, upload.stream()), digest));
            try (OutputStream plain = new BufferedOutputStream(counting, BUFFER)) {
                source.writeTo(plain);
            }
            upload.complete();
            return new StoredContent(key, HexFormat.of().formatHex(digest.digest()), counting.count());
        }
    }
}
