package io.dsrbroker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Content;
import io.dsrbroker.simulator.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A package holds every document that was exported, byte by byte as it was served. */
final class PackageCheck {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Pattern IN_RUN =
            Pattern.compile("data/experimentation-account-(\\d+)/workspaces/([^/]+)/projects/([^/]+)/runs/([^/]+)/.*");

    private final AzureSimulator azure;
    private final List<Place> targets;
    private final int sample;
    private int compared;

    /** Of an export of these targets; so many contents and so many documents are compared with the simulator. */
    PackageCheck(AzureSimulator azure, List<Place> targets, int sample) {
        this.azure = azure;
        this.targets = targets;
        this.sample = sample;
    }

    /** How many files were compared with what the simulator serves. */
    int compared() {
        return compared;
    }

    /** Checks it against its own manifest and report, and these tasks; answers how many files it has. */
    int check(Path zip, Set<String> exportedTasks) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            Map<String, String> sums = sums(file);
            Map<String, String> promised = manifest(file);
            assertThat(promised.entrySet().stream()
                            .filter(entry -> !entry.getValue().equals(sums.get(entry.getKey()))))
                    .as("files that are not what the manifest says")
                    .isEmpty();
            Set<String> inReport = new HashSet<>();
            Map<String, Integer> taken = new HashMap<>();
            for (JsonNode item : read(file, "data/report.json").get("items")) {
                if (!item.get("state").asString().equals("EXPORTED")) {
                    continue;
                }
                inReport.add(item.get("taskId").asString());
                String path = item.get("path").asString();
                assertThat(promised.get(path))
                        .as(path)
                        .isEqualTo(item.get("sha256").asString());
                String type = item.get("type").asString();
                if ((type.equals("artifact-content") || type.equals("artifact"))
                        && taken.merge(type, 1, Integer::sum) <= sample) {
                    compare(file, item, path);
                }
            }
            assertThat(inReport).isEqualTo(exportedTasks);
            return sums.size();
        }
    }

    private void compare(ZipFile file, JsonNode item, String path) throws IOException {
        Matcher in = IN_RUN.matcher(path);
        assertThat(in.matches()).as(path).isTrue();
        Place project = targets.get(Integer.parseInt(in.group(1)) - 1)
                .workspace(in.group(2))
                .project(in.group(3));
        String run = in.group(4);
        String key = item.get("key").asString();
        if (item.get("type").asString().equals("artifact")) {
            JsonNode served = Objects.requireNonNull(azure.document("artifact", project, run + "/" + key), path);
            assertThat(read(file, path)).as(path).isEqualTo(JSON.readTree(served.toString()));
        } else {
            Content served = Objects.requireNonNull(azure.content(project, run, key), path);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            served.write(bytes, 0, served.length());
            assertThat(item.get("sha256").asString()).as(path).isEqualTo(sha256(bytes.toByteArray()));
        }
        compared++;
    }

    private static JsonNode read(ZipFile file, String path) throws IOException {
        ZipEntry entry = Objects.requireNonNull(file.getEntry(top(file) + path), path);
        try (InputStream in = file.getInputStream(entry)) {
            return JSON.readTree(in);
        }
    }

    private static String top(ZipFile file) {
        String first = file.entries().nextElement().getName();
        return first.substring(0, first.indexOf('/') + 1);
    }

    private static Map<String, String> sums(ZipFile file) throws IOException {
        Map<String, String> sums = new HashMap<>();
        int top = top(file).length();
        var entries = file.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            try (InputStream in = file.getInputStream(entry)) {
                String before = sums.put(entry.getName().substring(top), sha256(in.readAllBytes()));
                assertThat(before).as("two files named " + entry.getName()).isNull();
            }
        }
        return sums;
    }

    private static Map<String, String> manifest(ZipFile file) throws IOException {
        Map<String, String> promised = new HashMap<>();
        ZipEntry entry = Objects.requireNonNull(file.getEntry(top(file) + "manifest-sha256.txt"));
        try (InputStream in = file.getInputStream(entry)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                promised.put(line.substring(line.indexOf("  ") + 2), line.substring(0, 64));
            });
        }
        return promised;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
