package io.dsrbroker.export;

import io.dsrbroker.shared.Digests;
import io.dsrbroker.support.BlobService;
import io.dsrbroker.support.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Random;

/** Writes a large object into a container and reads it, in a JVM of its own, so that its heap can be small. */
final class BlobSmallHeap implements Program {

    /** Arguments: container, megabytes. */
    @Override
    public void run(String[] arguments) throws IOException {
        ExportStore store = new BlobStore(BlobContainer.at(arguments[0]).withKey(BlobService.KEY));
        int megabytes = Integer.parseInt(arguments[1]);
        MessageDigest written = Digests.sha256();
        byte[] piece = new byte[1 << 20];
        Random random = new Random(megabytes);
        try (ExportStore.Upload upload = store.begin("large");
                OutputStream to = new DigestOutputStream(upload.stream(), written)) {
            for (int i = 0; i < megabytes; i++) {
                random.nextBytes(piece);
                to.write(piece);
            }
            upload.complete();
        }
        MessageDigest read = Digests.sha256();
        try (InputStream from = new DigestInputStream(Channels.newInputStream(store.open("large")), read)) {
            from.transferTo(OutputStream.nullOutputStream());
        }
        if (!MessageDigest.isEqual(written.digest(), read.digest())) {
            throw new IllegalStateException("What was read is not what was written");
        }
        System.out.println("Passed through: " + megabytes + " MB");
    }
}
