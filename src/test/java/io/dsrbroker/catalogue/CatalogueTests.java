package io.dsrbroker.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;

class CatalogueTests {

    private final Catalogue catalogue = new CatalogueLoader().load(List.of());

    @TestFactory
    Stream<DynamicTest> everySourceRowIsACallWithItsVerbAndUrl() throws IOException {
        Map<Integer, String> calls = new TreeMap<>();
        catalogue.types().values().stream()
                .flatMap(type -> type.calls().stream())
                .forEach(call -> call.rows().forEach(row -> calls.put(row, call.method() + " " + call.url())));
        Map<Integer, String> rows = sourceRows();
        assertThat(rows).hasSize(45);
        assertThat(calls.keySet()).isEqualTo(rows.keySet());
        return rows.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(
                        "row " + row.getKey(), () -> assertThat(calls).containsEntry(row.getKey(), row.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> fileThatWouldGrowWithoutEndIsRefused(@TempDir Path folder) {
        StringBuilder laughs = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int level = 1; level < 12; level++) {
            laughs.append("a").append(level).append(": &a").append(level).append(" [");
            laughs.append(String.join(", ", java.util.Collections.nCopies(9, "*a" + (level - 1))))
                    .append("]\n");
        }
        Map<String, String> files = Map.of(
                "laughs",
                laughs.toString(),
                "deep",
                "upstream: " + "[".repeat(100_000),
                "long",
                "upstream: " + "x".repeat(8_000_000),
                "itself",
                "upstream: &a [*a]\n");
        return files.entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> {
                    Path bomb = Files.writeString(folder.resolve(file.getKey() + ".yaml"), file.getValue());
                    org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                            java.time.Duration.ofSeconds(20),
                            () -> assertThatThrownBy(() -> new CatalogueLoader().load(List.of("file:" + bomb)))
                                    .isInstanceOf(RuntimeException.class));
                }));
    }

    @Test
    void thirtyReadsAndEightDeletesStandForTheRows() {
        assertThat(distinctCalls("GET")).isEqualTo(30);
        assertThat(distinctCalls("DELETE")).isEqualTo(8);
    }

    private long distinctCalls(String method) {
        return catalogue.types().values().stream()
                .flatMap(type -> type.calls().stream())
                .filter(call -> call.method().equals(method) && !call.rows().isEmpty())
                .map(Call::url)
                .distinct()
                .count();
    }

    @Test
    @DisplayName("T11: no call keeps the stray quote of rows 5 and 18")
    void noCallKeepsAStrayQuote() {
        assertThat(catalogue.types().values().stream()
                        .flatMap(type -> type.calls().stream())
                        .map(Call::url))
                .isNotEmpty()
                .noneMatch(url -> url.contains("\"") || url.contains("%22"));
    }

    @Test
    void accountsWorkspacesAndProjectsCanBeDiscovered() {
        assertThat(List.of("hosting-account", "experimentation-account", "experimentation-workspace", "project"))
                .allSatisfy(name -> assertThat(catalogue.type(name).list()).isNotNull());
    }

    @Test
    void hashDependsOnTheContentOnly(@TempDir Path folder) throws IOException {
        assertThat(new CatalogueLoader().load(List.of()).hash()).isEqualTo(catalogue.hash());
        Path file = folder.resolve("other.yaml");
        Files.writeString(file, minimal("other", "key: [/id]"));
        assertThat(load(file).hash()).isNotEqualTo(catalogue.hash());
    }

    @Test
    void fileWithUnknownParentIsRefusedByName(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("other.yaml");
        Files.writeString(file, minimal("other", "key: [/id]").replace("targets: [subscription]", "parent: nowhere"));
        assertThatThrownBy(() -> load(file)).hasMessageContaining("thing").hasMessageContaining("nowhere");
    }

    @Test
    void fileWithoutKeyIsRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("other.yaml");
        Files.writeString(file, minimal("other", "container: false"));
        assertThatThrownBy(() -> load(file)).hasMessageContaining("key");
    }

    @Test
    void fileThatBreaksTheSchemaIsRefusedWithThePlace(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("other.yaml");
        Files.writeString(file, minimal("other", "keys: [/id]"));
        assertThatThrownBy(() -> load(file)).hasMessageContaining("other.yaml").hasMessageContaining("keys");
    }

    @Test
    void callOutsideTheUpstreamIsRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("other.yaml");
        Files.writeString(
                file,
                minimal("other", "key: [/id]").replace("url: https://other.example/", "url: https://evil.example/"));
        assertThatThrownBy(() -> load(file)).hasMessageContaining("outside");
    }

    @Test
    void secondFileForAnUpstreamIsRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("arm.yaml");
        Files.writeString(file, minimal("arm", "key: [/id]"));
        assertThatThrownBy(() -> load(file)).hasMessageContaining("second time");
    }

    private static Catalogue load(Path file) {
        return new CatalogueLoader().load(List.of(file.toUri().toString()));
    }

    private static String minimal(String upstream, String extra) {
        return """
                upstream:
                  name: %s
                  baseUrl: https://other.example
                  lane: %s
                  absence: [{ status: 404 }]
                types:
                  - name: thing
                    targets: [subscription]
                    %s
                    list: { url: https://other.example/things }
                """.formatted(upstream, upstream, extra);
    }

    private static Map<Integer, String> sourceRows() throws IOException {
        try (InputStream in = new ClassPathResource("source-rows.tsv").getInputStream()) {
            Map<Integer, String> rows = new TreeMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t"))
                    .forEach(cells -> rows.put(Integer.valueOf(cells[0]), cells[1] + " " + cells[2]));
            return rows;
        }
    }
}
