package io.dsrbroker.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that hold keys: only their owner can read them, and nobody ever sees half of one. */
public final class SecretFiles {

    private static final Logger log = LoggerFactory.getLogger(SecretFiles.class);

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private SecretFiles() {}

    /**
     * Keeps this in a new file.
     *
     * @return false where the file was there already, which then stays as it is
     */
    public static boolean create(Path file, String content) {
        try {
            Path folder = Files.createDirectories(folderOf(file));
            Path draft = draft(folder, content);
            try {
                // A link is made at once or not at all, also where two replicas try.
                Files.createLink(file, draft);
                forceFolder(folder);
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            } finally {
                Files.delete(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts this in the place of what a file holds. */
    public static void replace(Path file, String content) {
        try {
            Path draft = draft(folderOf(file), content);
            try {
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
            forceFolder(folderOf(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folderOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "The root of a file system holds no keys");
    }

    private static Path draft(Path folder, String content) throws IOException {
        Path draft = Files.createTempFile(folder, ".keys-", ".tmp", OWNER_ONLY);
        try {
            Files.writeString(draft, content);
            force(draft);
            return draft;
        } catch (IOException e) {
            Files.delete(draft);
            throw e;
        }
    }

    /** It has been done by then; a file system that cannot force a folder must not make it look as if not. */
    private static void forceFolder(Path folder) {
        try {
            force(folder);
        } catch (IOException e) {
            log.warn(
                    "The folder of a file with keys could not be forced to disk: {}",
                    e.getClass().getSimpleName());
        }
    }

    /** What is wrapped with a key must not outlive it in a power failure. */
    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
