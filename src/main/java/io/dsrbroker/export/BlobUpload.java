package io.dsrbroker.export;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A block blob on its way in: blocks are staged as they fill, and become the object together when it is complete. What was
 * staged and never completed can be seen by nobody, and Azure removes it after a week.
 */
final class BlobUpload implements ExportStore.Upload {

    private static final int FIRST_BUFFER = 1 << 16;
    private static final int MB = 1 << 20;

    private final BlockBlobClient blob;
    private final String key;
    /** Two that write the same object at a time must not mix their blocks. */
    private final UUID upload = UUID.randomUUID();

    private final List<String> blocks = new ArrayList<>();
    private final Blocks stream = new Blocks();
    private @Nullable IOException broken;

    BlobUpload(BlockBlobClient blob, String key) {
        this.blob = blob;
        this.key = key;
    }

    /** Blocks grow with the object, so that small ones take little memory and the 50 000 there may be hold 660 GB. */
    static int blockSize(int number) {
        return number < 1_000 ? MB : number < 10_000 ? 4 * MB : 16 * MB;
    }

    @Override
    public OutputStream stream() {
        return stream;
    }

    @Override
    public void complete() throws IOException {
        stream.close();
        byte[] rest = stream.taken();
        if (blocks.isEmpty()) {
            send(() -> blob.uploadWithResponse(
                    new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(rest)), BlobStore.PATIENCE, Context.NONE));
            return;
        }
        if (rest.length > 0) {
            stage(rest);
        }
        send(() -> blob.commitBlockListWithResponse(
                new BlockBlobCommitBlockListOptions(blocks), BlobStore.PATIENCE, Context.NONE));
    }

    private void stage(byte[] block) throws IOException {
        String id = Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(20)
                        .putLong(upload.getMostSignificantBits())
                        .putLong(upload.getLeastSignificantBits())
                        .putInt(blocks.size())
                        .array());
        send(() -> blob.stageBlockWithResponse(
                new BlockBlobStageBlockOptions(id, BinaryData.fromBytes(block)), BlobStore.PATIENCE, Context.NONE));
        blocks.add(id);
    }

    private void send(Runnable call) throws IOException {
        if (broken != null) {
            throw new IOException("An earlier part of the object was not stored", broken);
        }
        try {
            call.run();
        } catch (RuntimeException e) {
            broken = BlobFailure.of(e, key);
            throw broken;
        }
    }

    @Override
    public void close() {
        stream.close();
        stream.drop();
    }

    /** Gathers a block at a time. */
    private final class Blocks extends OutputStream {

        private byte[] buffer = new byte[FIRST_BUFFER];
        private int count;
        private boolean closed;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (closed) {
                throw new IOException("The object's stream is closed");
            }
            int from = offset;
            int left = length;
            while (left > 0) {
                makeRoom();
                int part = Math.min(left, buffer.length - count);
                System.arraycopy(bytes, from, buffer, count, part);
                count += part;
                from += part;
                left -= part;
            }
        }

        private void makeRoom() throws IOException {
            int size = blockSize(blocks.size());
            if (count == size) {
                stage(buffer);
                count = 0;
                buffer = new byte[blockSize(blocks.size())];
            } else if (count == buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(size, 2 * buffer.length));
            }
        }

        byte[] taken() {
            return Arrays.copyOf(buffer, count);
        }

        void drop() {
            buffer = new byte[0];
            count = 0;
        }

        @Override
        public void close() {
            // Nothing is sent: who writes closes also what is not to be kept.
            closed = true;
        }
    }
}
