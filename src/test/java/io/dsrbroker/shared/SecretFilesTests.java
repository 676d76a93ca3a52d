package io.dsrbroker.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTests {

    @TempDir
    Path folder;

    @Test
    void onlyTheOwnerCanReadWhatIsCreatedOrReplaced() throws Exception {
        Path file = folder.resolve("new/keys.json");
        assertThat(SecretFiles.create(file, "one")).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        SecretFiles.replace(file, "two");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file).hasContent("two");
        try (var left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void firstOfManyWinsAndNobodyElseChangesIt() throws Exception {
        Path file = folder.resolve("keys.json");
        List<Integer> winners = IntStream.range(0, 50)
                .parallel()
                .filter(number -> SecretFiles.create(file, "content " + number))
                .boxed()
                .toList();
        assertThat(winners).hasSize(1);
        assertThat(file).hasContent("content " + winners.getFirst());
    }

    @Test
    void whatCouldNotBePutInPlaceIsNotLeftBehind() throws Exception {
        Path occupied = folder.resolve("keys.json");
        Files.createDirectories(occupied.resolve("inside"));
        assertThatThrownBy(() -> SecretFiles.replace(occupied, "secret")).isInstanceOf(UncheckedIOException.class);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(occupied);
        }
    }
}
