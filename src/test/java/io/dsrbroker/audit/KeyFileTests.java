package io.dsrbroker.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTests {

    @TempDir
    Path folder = Path.of("");

    private Path file = folder;

    @BeforeEach
    void created() {
        file = folder.resolve("keys/receipt-keyset.json");
        assertThat(KeyFile.create(file)).isTrue();
    }

    @Test
    void newFileIsForItsOwnerOnlyAndIsNotMadeTwice() throws IOException {
        String content = Files.readString(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(KeyFile.create(file)).isFalse();
        assertThat(Files.readString(file)).isEqualTo(content);
    }

    @Test
    void runningBrokerSignsWithTheNewKeyAndStillVerifiesTheOld() {
        KeyFile running = KeyFile.open(file, Duration.ZERO);
        SigningKey old = running.keys().active();
        SigningKey rotated = KeyFile.rotate(file);
        assertThat(running.keys().active()).isEqualTo(rotated);
        assertThat(running.keys().find(old.kid())).contains(old);
    }

    @Test
    void fileIsLookedAtSeldom() {
        KeyFile running = KeyFile.open(file, Duration.ofHours(1));
        SigningKey old = running.keys().active();
        KeyFile.rotate(file);
        assertThat(running.keys().active()).isEqualTo(old);
    }

    @Test
    void brokenOrPoorerFileIsNotTakenOver() throws IOException {
        KeyFile running = KeyFile.open(file, Duration.ZERO);
        SigningKey active = running.keys().active();
        for (String content : List.of("", "{}", new KeySet(List.of(SigningKey.generate())).secret())) {
            Files.writeString(file, content);
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
            assertThat(running.keys().active()).isEqualTo(active);
        }
    }

    @Test
    void firstKeyMustBeAbleToSign() throws IOException {
        Files.writeString(
                file, StrictJson.indented(KeySet.of(Files.readString(file)).published()));
        assertThatExceptionOfType(InvalidKeys.class)
                .isThrownBy(() -> KeyFile.open(file, Duration.ZERO))
                .withMessageContaining("cannot sign");
    }

    @Test
    void privateHalfOfAnOldKeyMayBeRemoved() throws IOException {
        SigningKey old = KeyFile.open(file, Duration.ZERO).keys().active();
        SigningKey rotated = KeyFile.rotate(file);
        SigningKey verifying = new SigningKey(old.kid(), old.x(), null);
        Files.writeString(file, new KeySet(List.of(rotated, verifying)).secret());
        KeySet keys = KeyFile.open(file, Duration.ZERO).keys();
        assertThat(keys.active()).isEqualTo(rotated);
        assertThat(Jws.verified(Jws.sign(old, "t", java.util.Map.of()), "t", keys)
                        .kid())
                .isEqualTo(old.kid());
    }
}
