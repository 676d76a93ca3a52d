package io.dsrbroker.story;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A package as its receiver has it. */
record Bag(Path folder) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Unpacks a ZIP whose one top folder is the bag. */
    static Bag unpack(Path zip, Path into) {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = into.resolve(entry.getName()).normalize();
                if (!file.startsWith(into)) {
                    throw new IllegalStateException("Entry leaves the folder: " + entry.getName());
                }
                Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
                Files.copy(in, file);
            }
            try (Stream<Path> tops = Files.list(into)) {
                List<Path> folders = tops.toList();
                if (folders.size() != 1) {
                    throw new IllegalStateException("Not one top folder: " + folders);
                }
                return new Bag(folders.getFirst());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code sha256sum -c} says of the manifest; 0 is good. */
    int checkManifest() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sha256sum", "--quiet", "-c", "manifest-sha256.txt")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (InputStream said = process.getInputStream()) {
            said.readAllBytes();
        }
        return process.waitFor();
    }

    /** The items of the report whose state is EXPORTED. */
    List<JsonNode> exported() {
        List<JsonNode> items = new ArrayList<>();
        json("data/report.json").get("items").forEach(item -> {
            if (item.get("state").asString().equals("EXPORTED")) {
                items.add(item);
            }
        });
        return items;
    }

    /** A file as JSON, numbers digit by digit. */
    JsonNode json(String path) {
        return JSON.readTree(bytes(path));
    }

    /** A file's bytes. */
    byte[] bytes(String path) {
        try {
            return Files.readAllBytes(folder.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files that hold this text. */
    List<Path> containing(String text) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> new String(bytes(folder.relativize(file).toString()), StandardCharsets.UTF_8)
                            .contains(text))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
