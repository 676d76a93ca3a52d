package io.dsrbroker.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.shared.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A package as its receiver has it on disk. */
record Unpacked(Path top, String sha256) {

    static Unpacked of(Packages.Availability.Ready ready) throws IOException {
        Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "unpacked-");
        try (DigestInputStream in = new DigestInputStream(ready.zip().from(0), Digests.sha256());
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                assertThat(file.startsWith(folder)).isTrue();
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
            in.transferTo(java.io.OutputStream.nullOutputStream());
            String sha256 = HexFormat.of().formatHex(in.getMessageDigest().digest());
            assertThat(sha256).isEqualTo(ready.sha256());
            try (Stream<Path> tops = Files.list(folder)) {
                return new Unpacked(
                        tops.reduce((one, other) -> {
                                    throw new AssertionError("More than one top folder");
                                })
                                .orElseThrow(),
                        sha256);
            }
        }
    }

    /** All files, by their paths below the top folder, sorted. */
    List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> top.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    String text(String path) throws IOException {
        return Files.readString(top.resolve(path));
    }

    JsonNode report() throws IOException {
        return new JsonMapper().readTree(text("data/report.json"));
    }

    JsonNode reported(String key) throws IOException {
        return report().get("items")
                .valueStream()
                .filter(item -> key.equals(item.path("key").asString("")))
                .findFirst()
                .orElseThrow();
    }

    /** Checks a manifest with the tool that people have; answers what it complains of. */
    String complaints(String manifest) throws IOException, InterruptedException {
        Process check = new ProcessBuilder("sha256sum", "--check", "--quiet", "--strict", manifest)
                .directory(top.toFile())
                .redirectErrorStream(true)
                .start();
        try (InputStream out = check.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            return check.waitFor() == 0 ? said : said + "exit " + check.exitValue();
        }
    }
}
