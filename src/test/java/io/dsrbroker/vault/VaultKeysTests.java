package io.dsrbroker.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.shared.Command;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultKeysTests {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private int run(Command command, String... arguments) {
        return command.run(List.of(arguments), new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void keysAreAddedAndOldOnesRemoved() throws Exception {
        Path file = folder.resolve("keyset.json");
        assertThat(run(VaultKeys.add(), file.toString())).isEqualTo(Command.OK);
        KeysetFile keyset = new KeysetFile(file);
        String first = keyset.current();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(run(VaultKeys.add(), file.toString())).isEqualTo(Command.OK);
        assertThat(keyset.current()).isEqualTo(first);
        assertThat(keyset.names()).hasSize(2).startsWith(first);
        assertThat(run(VaultKeys.use(), file.toString())).isEqualTo(Command.OK);
        assertThat(keyset.current()).isEqualTo(keyset.names().getLast()).isNotEqualTo(first);
        assertThat(keyset.isSuperseded(first)).isTrue();
        assertThat(keyset.isSuperseded(keyset.current())).isFalse();
        assertThat(keyset.isSuperseded("4711")).isFalse();
        assertThat(said()).contains(first + " wraps").contains(keyset.current() + " wraps from now on");
        assertThat(run(VaultKeys.remove(), file.toString())).isEqualTo(Command.OK);
        assertThat(keyset.names()).containsExactly(keyset.current());
        assertThat(said()).contains("Removed " + first);
        assertThat(said()).doesNotContain("keyData").doesNotContain("value");
    }

    @Test
    void whatIsNoKeysetStaysAsItIs() throws Exception {
        Path file = Files.writeString(folder.resolve("other.json"), "{}");
        assertThat(run(VaultKeys.add(), file.toString())).isEqualTo(Command.INVALID);
        assertThat(run(VaultKeys.remove(), file.toString())).isEqualTo(Command.INVALID);
        assertThat(file).hasContent("{}");
        assertThat(run(VaultKeys.remove(), folder.resolve("none").toString())).isEqualTo(Command.INVALID);
        assertThat(said()).contains("no Tink keyset").contains("There is no keyset");
    }

    @Test
    void wrongArgumentsAreAnsweredWithTheRightOnes() {
        assertThat(run(VaultKeys.add())).isEqualTo(Command.USAGE);
        assertThat(run(VaultKeys.add(), "a", "b")).isEqualTo(Command.USAGE);
        assertThat(run(VaultKeys.remove(), "--help")).isEqualTo(Command.USAGE);
        assertThat(said()).contains("Usage: new-vault-key FILE", "Usage: remove-old-vault-keys FILE");
    }
}
