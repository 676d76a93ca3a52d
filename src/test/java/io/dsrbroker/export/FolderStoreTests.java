package io.dsrbroker.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTests extends ExportStoreContract {

    @TempDir
    private Path folder = Path.of(".");

    @Override
    ExportStore store() {
        return new FolderStore(folder.resolve("store"));
    }

    @Test
    void brokenUploadLeavesNoFileBehind() throws IOException {
        try (ExportStore.Upload upload = store().begin("contents/job/a")) {
            upload.stream().write(noise(MB));
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
