package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.Artifact;
import io.dsrbroker.simulator.Content;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.Run;
import io.dsrbroker.simulator.RunOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Names of an upstream that would like to be somewhere else than in their folder of the package. */
class HostileNameTests {

    private static final List<String> PATHS = List.of(
            "../../../../../../tmp/dsr-escaped",
            "/etc/dsr-escaped",
            "..\\..\\dsr-escaped",
            "C:\\dsr-escaped",
            "\\\\server\\share",
            "a/../../../../b",
            "..",
            "./.",
            "%2e%2e%2fescaped",
            "CON",
            "nul.txt",
            "COM1",
            "lpt9.tar.gz",
            "ends.",
            "ends ",
            " begins",
            "new\nline",
            "return\r\nSet-Cookie: a=b",
            "separated\u2028line",
            "red\u001b[31m",
            "left\u202etfel",
            "nul\u0000byte",
            "Case.txt",
            "case.TXT",
            "~root",
            "-rf",
            "a:b",
            "e\u0301",
            "\u00e9",
            "\ud83d\ude00",
            "x".repeat(2000),
            "y/".repeat(300) + "z");

    @Test
    void noEntryLeavesItsFolderOrTakesAnothersPlace() throws IOException, InterruptedException {
        Estate estate = Estate.generate(EstateSpec.small().withLabs(1, 1, 1).withRuns(1, 0, 1), ExportStory.SUBJECT);
        Place project = estate.projects().getFirst();
        estate.change()
                .run(
                        project,
                        new Run(
                                "run-hostile",
                                99,
                                "e",
                                new RunOwner.InFull(ExportStory.SUBJECT),
                                false,
                                0,
                                PATHS.stream()
                                        .map(path -> new Artifact(path, Content.of("of " + path.length())))
                                        .toList()));
        try (ExportStory story = ExportStory.of(estate, Map.of("dsr.retry.give-up", "5s"))) {
            String id = story.portal()
                    .submit(ExportStory.with(
                                    ExportStory.request(),
                                    project,
                                    target -> target.put("name", "con").put("unknownOwner", "INCLUDE"))
                            .toString());
            story.ended(id);
            List<JsonNode> contents = story.tasks(id, "type=artifact-content");
            assertThat(contents).hasSizeGreaterThanOrEqualTo(PATHS.size() - 1);
            Bag bag = story.bag(id);
            assertThat(bag.checkManifest()).isZero();
            assertThat(bag.folder().resolve("data/%63on")).isDirectory();
            checkEntries(story.store().resolve("download.zip"), "dsr-" + id + "/");
            Set<String> paths = new HashSet<>();
            bag.exported().forEach(item -> {
                String path = item.get("path").asString();
                assertThat(bag.folder().resolve(path)).isRegularFile();
                assertThat(paths.add(path.toLowerCase(Locale.ROOT))
                                || !item.get("type").asString().equals("artifact-content"))
                        .isTrue();
            });
            try (Stream<Path> files = Files.walk(story.store())) {
                assertThat(files.map(file -> String.valueOf(file.getFileName())))
                        .noneMatch(name -> name.startsWith("dsr-escaped"));
            }
        }
    }

    private static void checkEntries(Path zip, String top) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            Set<String> taken = new HashSet<>();
            for (ZipEntry entry : Collections.list(file.entries())) {
                String name = entry.getName();
                assertThat(name).startsWith(top);
                assertThat(taken.add(name.toLowerCase(Locale.ROOT))).as(name).isTrue();
                for (String segment : name.substring(top.length()).split("/", -1)) {
                    assertThat(segment)
                            .matches("[A-Za-z0-9._~%-]{1,120}")
                            .isNotIn(".", "..")
                            .doesNotEndWith(".")
                            .doesNotMatch("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
                }
            }
            assertThat(taken).hasSizeGreaterThan(PATHS.size());
        }
    }
}
