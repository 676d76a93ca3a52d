package io.dsrbroker.export;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.springframework.util.FileSystemUtils;

/** An export store in a folder; of a file still being written the name ends with {@code .part}. */
final class FolderStore implements ExportStore {

    private static final int BUFFER = 1 << 16;

    private final Path root;

    FolderStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public String place() {
        return "the folder " + root;
    }

    @Override
    public Upload begin(String key) throws IOException {
        Path target = resolve(key);
        Files.createDirectories(parent(target));
        Path part = Files.createTempFile(parent(target), target.getFileName() + ".", ".part");
        return new PartFile(part, target);
    }

    @Override
    public SeekableByteChannel open(String key) throws IOException {
        try {
            return Files.newByteChannel(resolve(key), StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new FileNotFoundException("The export store has no object " + key);
        }
    }

    @Override
    public void delete(String key) throws IOException {
        FileSystemUtils.deleteRecursively(resolve(key));
    }

    private Path resolve(String key) {
        Path path = root.resolve(StoreKey.checked(key)).normalize();
        if (!path.startsWith(root) || path.equals(root)) {
            throw new IllegalArgumentException("Not a key of this store");
        }
        return path;
    }

    private static Path parent(Path path) {
        return java.util.Objects.requireNonNull(path.getParent());
    }

    private static final class PartFile implements Upload {

        private final Path part;
        private final Path target;
        private final OutputStream buffered;

        PartFile(Path part, Path target) throws IOException {
            this.part = part;
            this.target = target;
            this.buffered = new BufferedOutputStream(Files.newOutputStream(part), BUFFER);
        }

        @Override
        public OutputStream stream() {
            return buffered;
        }

        @Override
        public void complete() throws IOException {
            buffered.close();
            force(part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(parent(target));
        }

        private static void force(Path path) throws IOException {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }

        @Override
        public void close() throws IOException {
            buffered.close();
            Files.deleteIfExists(part);
        }
    }
}
