package io.dsrbroker.export;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobDownloadHeaders;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DownloadRetryOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads parts of a blob, all of the same version of it. */
final class BlobRanges {

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");
    private static final int MOST_RESUMPTIONS = 5;

    private final BlobClient blob;
    private final String key;
    private @Nullable String version;
    private long size;

    BlobRanges(BlobClient blob, String key) {
        this.blob = blob;
        this.key = key;
    }

    /** Of the whole blob; known once some of it was read. */
    long size() {
        return size;
    }

    /** Its bytes from this one on, at most so many; fewer only at its end. */
    byte[] read(long offset, int most) throws IOException {
        Filling filling = new Filling(version == null ? most : (int) Math.min(most, size - offset));
        try {
            BlobDownloadHeaders headers = blob.downloadStreamWithResponse(
                            filling,
                            new BlobRange(offset, (long) most),
                            new DownloadRetryOptions().setMaxRetryRequests(MOST_RESUMPTIONS),
                            new BlobRequestConditions().setIfMatch(version),
                            false,
                            BlobStore.PATIENCE,
                            Context.NONE)
                    .getDeserializedHeaders();
            return checked(headers, offset, most, filling);
        } catch (BlobStorageException e) {
            if (version == null && offset == 0 && BlobFailure.code(e).equals(BlobFailure.NO_RANGE)) {
                // An empty blob has no first byte.
                return new byte[0];
            }
            throw BlobFailure.of(e, key);
        } catch (RuntimeException e) {
            throw BlobFailure.of(e, key);
        }
    }

    private byte[] checked(BlobDownloadHeaders headers, long offset, int most, Filling filling) throws IOException {
        Matcher range = CONTENT_RANGE.matcher(String.valueOf(headers.getContentRange()));
        if (!range.matches() || Long.parseLong(range.group(1)) != offset) {
            throw new IOException("Azure Blob Storage sent another part of the object than it was asked for");
        }
        size = Long.parseLong(range.group(3));
        version = headers.getETag();
        byte[] bytes = filling.taken();
        if (bytes.length != Math.min(most, size - offset)) {
            throw new IOException("Azure Blob Storage sent less of the object than it was asked for");
        }
        return bytes;
    }

    /** Takes as much as was asked for, whatever is sent. */
    private static final class Filling extends OutputStream {

        private final byte[] bytes;
        private int count;

        Filling(int most) {
            bytes = new byte[most];
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            if (length > bytes.length - count) {
                throw new IOException("More than was asked for");
            }
            System.arraycopy(from, offset, bytes, count, length);
            count += length;
        }

        byte[] taken() {
            return count == bytes.length ? bytes : java.util.Arrays.copyOf(bytes, count);
        }
    }
}
