package io.dsrbroker.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the keys of the brokers under test are: all brokers of a run share them. */
public final class Keysets {

    private static final Path FOLDER = folder();

    /** The path of the vault's keyset; made by the first broker. */
    public static final String VAULT = FOLDER.resolve("vault.json").toString();

    private Keysets() {}

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("dsr-keysets");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try (var files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                    Files.delete(folder);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
