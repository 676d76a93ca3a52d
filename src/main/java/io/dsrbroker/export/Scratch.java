package io.dsrbroker.export;

import io.dsrbroker.shared.JobId;
import io.dsrbroker.vault.Vault;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A local folder for what is too long for memory while a package is made; sealed, for a crash leaves it behind. */
final class Scratch implements AutoCloseable {

    private final JobId job;
    private final Vault vault;
    private final JsonMapper json;
    private final Path folder;

    Scratch(JobId job, Vault vault, JsonMapper json) throws IOException {
        this.job = job;
        this.vault = vault;
        this.json = json;
        this.folder = Files.createTempDirectory("dsr-package-");
    }

    /** A file that is read once its writer is closed. */
    final class Sheet {

        private final String name;

        private Sheet(String name) {
            this.name = name;
        }

        OutputStream writer() throws IOException {
            return new BufferedOutputStream(
                    vault.sealing(job, place(name), Files.newOutputStream(folder.resolve(name))));
        }

        InputStream reader() throws IOException {
            return new BufferedInputStream(vault.opening(job, place(name), Files.newInputStream(folder.resolve(name))));
        }
    }

    /** The file of this name. */
    Sheet sheet(String name) {
        return new Sheet(name);
    }

    /** A file of records. */
    <T> Spool<T> spool(String name, Class<T> type) {
        return new Spool<>(sheet(name), json, type);
    }

    private String place(String name) {
        return "scratch/" + job + "/" + name;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
