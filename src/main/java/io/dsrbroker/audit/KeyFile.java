package io.dsrbroker.audit;

import io.dsrbroker.shared.SecretFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A key set in a file, which is read again when the file changes. */
final class KeyFile {

    private static final Logger log = LoggerFactory.getLogger(KeyFile.class);

    private final Path file;
    private final Duration spacing;
    private Version version;
    private long lookedAt = System.nanoTime();

    /** What the file held. */
    private record Version(KeySet keys, FileTime modified, long size) {}

    private KeyFile(Path file, Duration spacing) {
        this.file = file;
        this.spacing = spacing;
        this.version = read();
    }

    /** Opens one, and looks no more often than this whether it has changed. {@link InvalidKeys} where it cannot be used. */
    static KeyFile open(Path file, Duration spacing) {
        return new KeyFile(file, spacing);
    }

    /** Makes one with a new key. Answers false where the file is there. */
    static boolean create(Path file) {
        return SecretFiles.create(file, new KeySet(List.of(SigningKey.generate())).secret());
    }

    /** Lets a new key sign from now on; the others go on verifying. */
    static SigningKey rotate(Path file) {
        KeySet set = open(file, Duration.ZERO).keys();
        SigningKey key = SigningKey.generate();
        SecretFiles.replace(file, set.under(key).secret());
        return key;
    }

    /** Which key of a file signs. */
    static String kid(Path file) {
        return open(file, Duration.ZERO).keys().active().kid();
    }

    /** The keys as they are now. */
    synchronized KeySet keys() {
        if (System.nanoTime() - lookedAt >= spacing.toNanos()) {
            lookedAt = System.nanoTime();
            look();
        }
        return version.keys();
    }

    private void look() {
        try {
            if (Files.getLastModifiedTime(file).equals(version.modified()) && Files.size(file) == version.size()) {
                return;
            }
            Version next = read();
            List<String> missing = version.keys().keys().stream()
                    .map(SigningKey::kid)
                    .filter(kid -> next.keys().find(kid).isEmpty())
                    .toList();
            if (missing.isEmpty()) {
                version = next;
                log.info(
                        "The signing keys were read again; {} signs",
                        next.keys().active().kid());
            } else {
                log.error(
                        "{} has lost the keys {}, which may have signed; the broker goes on with the keys it knows",
                        file,
                        missing);
            }
        } catch (IOException | UncheckedIOException | InvalidKeys e) {
            log.error("{} cannot be read again; the broker goes on with the keys it knows", file, e);
        }
    }

    private Version read() {
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            String content = Files.readString(file);
            KeySet keys = KeySet.of(content);
            SigningKey active = keys.active();
            log.debug("{} signs", active.kid());
            return new Version(keys, modified, Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
