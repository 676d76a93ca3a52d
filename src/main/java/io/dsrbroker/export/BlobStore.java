package io.dsrbroker.export;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.models.ListBlobsOptions;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** An export store in a container of Azure Blob Storage. */
final class BlobStore implements ExportStore {

    /** For one call with all that it tries again. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int DELETES_AT_ONCE = 16;

    private final BlobContainerClient container;

    BlobStore(BlobContainerClient container) {
        this.container = container;
    }

    @Override
    public String place() {
        return "the container " + container.getBlobContainerUrl();
    }

    @Override
    public Upload begin(String key) {
        return new BlobUpload(container.getBlobClient(StoreKey.checked(key)).getBlockBlobClient(), key);
    }

    @Override
    public SeekableByteChannel open(String key) throws IOException {
        return BlobChannel.open(new BlobRanges(container.getBlobClient(StoreKey.checked(key)), key));
    }

    @Override
    public void delete(String key) throws IOException {
        StoreKey.checked(key);
        try {
            deleteOne(key);
            for (var page : container
                    .listBlobs(new ListBlobsOptions().setPrefix(key + "/"), PATIENCE)
                    .iterableByPage()) {
                deleteAll(page.getValue());
            }
        } catch (RuntimeException e) {
            throw BlobFailure.of(e, key);
        }
    }

    private void deleteAll(List<BlobItem> blobs) {
        List<Future<?>> deletes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(
                Math.clamp(blobs.size(), 1, DELETES_AT_ONCE), Thread.ofVirtual().factory())) {
            blobs.forEach(blob -> deletes.add(threads.submit(() -> deleteOne(blob.getName()))));
            for (Future<?> delete : deletes) {
                delete.get();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        }
    }

    private void deleteOne(String name) {
        container
                .getBlobClient(name)
                .deleteIfExistsWithResponse(DeleteSnapshotsOptionType.INCLUDE, null, PATIENCE, Context.NONE);
    }
}
