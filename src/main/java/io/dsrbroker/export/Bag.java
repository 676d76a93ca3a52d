package io.dsrbroker.export;

import io.dsrbroker.shared.Digests;
import io.dsrbroker.shared.JobId;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP in BagIt layout (RFC 8493): one top folder, payload files below {@code data/}, and their checksums.
 *
 * <p>The JDK's ZIP keeps some 300 bytes of memory for every file until the end; everything else is streamed.
 */
final class Bag implements AutoCloseable {

    private final ZipOutputStream zip;
    private final JobId job;
    private final Instant asOf;
    private final Scratch.Sheet manifest;
    private final OutputStream manifestLines;
    private final StringBuilder tagManifest = new StringBuilder();
    private long files;
    private long bytes;

    /** What was written under a path. */
    record Written(String sha256, long bytes) {}

    Bag(OutputStream to, JobId job, Instant asOf, Scratch.Sheet manifest) throws IOException {
        this.zip = new ZipOutputStream(to, StandardCharsets.UTF_8);
        this.job = job;
        this.asOf = asOf;
        this.manifest = manifest;
        this.manifestLines = manifest.writer();
        zip.setLevel(Deflater.BEST_SPEED);
        tag("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    }

    /** Adds a payload file; the path begins with {@code data/}. */
    Written add(String path, ContentSource content) throws IOException {
        Written written = entry(path, content);
        manifestLines.write(line(path, written).getBytes(StandardCharsets.UTF_8));
        files++;
        bytes += written.bytes();
        return written;
    }

    /** Adds what describes the bag, and ends it. */
    void finish() throws IOException {
        manifestLines.close();
        tag("bag-info.txt", """
                Bagging-Date: %s
                Payload-Oxum: %d.%d
                External-Identifier: %s
                Bag-Software-Agent: dsr-broker
                """.formatted(
                        LocalDateTime.ofInstant(asOf, ZoneOffset.UTC).toLocalDate(), bytes, files, job));
        tag("manifest-sha256.txt", to -> {
            try (InputStream lines = manifest.reader()) {
                lines.transferTo(to);
            }
        });
        entry("tagmanifest-sha256.txt", to -> to.write(tagManifest.toString().getBytes(StandardCharsets.UTF_8)));
        zip.finish();
    }

    private void tag(String path, String text) throws IOException {
        tag(path, to -> to.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void tag(String path, ContentSource content) throws IOException {
        tagManifest.append(line(path, entry(path, content)));
    }

    // A percent sign is part of our own names. RFC 8493 would have it escaped once more, but then sha256sum -c, which
    // is
    // what people have, finds no such file.
    private static String line(String path, Written written) {
        return written.sha256() + "  " + path + "\n";
    }

    private Written entry(String path, ContentSource content) throws IOException {
        ZipEntry entry = new ZipEntry("dsr-" + job + "/" + path);
        entry.setTimeLocal(LocalDateTime.ofInstant(asOf, ZoneOffset.UTC));
        zip.putNextEntry(entry);
        MessageDigest digest = Digests.sha256();
        CountingStream counting = new CountingStream(new DigestOutputStream(new Unclosed(zip), digest));
        content.writeTo(counting);
        counting.flush();
        zip.closeEntry();
        return new Written(HexFormat.of().formatHex(digest.digest()), counting.count());
    }

    @Override
    public void close() throws IOException {
        try (manifestLines) {
            zip.close();
        }
    }

    /** Writers of one file may close what they were given; the ZIP goes on. */
    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream to) {
            super(to);
        }

        @Override
        public void write(byte[] content, int offset, int length) throws IOException {
            out.write(content, offset, length);
        }

        @Override
        public void flush() {
            // The ZIP flushes when it ends.
        }

        @Override
        public void close() {
            // The ZIP closes when it ends.
        }
    }
}
