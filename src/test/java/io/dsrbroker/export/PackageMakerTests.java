package io.dsrbroker.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dsrbroker.job.Reason;
import io.dsrbroker.job.Stage;
import io.dsrbroker.job.TargetKind;
import io.dsrbroker.job.TaskKind;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.shared.Digests;
import io.dsrbroker.vault.SealBroken;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PackageMakerTests extends ExportModule {

    private static final String PROJECT = "lab/workspaces/ws/projects/p1";
    private static final String RUN = PROJECT + "/runs/run-17";
    private static final List<String> AWKWARD = List.of(
            "outputs/a/b.png",
            "..",
            ".",
            "../../etc/passwd",
            "with space",
            "100% sure",
            "a%2Fb",
            "ключ-鍵-🔑",
            "x".repeat(300),
            "same",
            "Same",
            "SAME",
            "CON",
            "line\nbreak",
            "\"quoted\" <b>&'",
            "-rf",
            "\\windows\\path",
            "");

    private GivenJob givenLab() {
        return givenJob().target("lab", TargetKind.EXPERIMENTATION_ACCOUNT);
    }

    @Test
    void everyFileHasItsPlace() throws Exception {
        GivenJob job = givenLab();
        job.document(PROJECT, "run", "run-17", "{\"runId\":\"run-17\"}");
        UUID artifact = job.document(RUN, "run-artifact", "outputs/model.pkl", "{}");
        job.payload(artifact, Payloads.URI, "\"https://store.example/x\"");
        job.content(RUN, "outputs/model.pkl", to -> to.write(new byte[] {1, 2, 3}));
        job.task(PROJECT, TaskKind.EXPORT, "run", "run-18", TaskState.FAILED, Reason.RETRIES_SPENT);

        Unpacked unpacked = packed(job);

        assertThat(unpacked.top()).hasFileName("dsr-" + job.id);
        assertThat(unpacked.files())
                .containsExactly(
                        "bag-info.txt",
                        "bagit.txt",
                        "data/index.html",
                        "data/" + PROJECT + "/run/run-17.json",
                        "data/" + RUN + "/artifact-content/outputs%2Fmodel.pkl",
                        "data/" + RUN + "/run-artifact-uri/outputs%2Fmodel.pkl.json",
                        "data/" + RUN + "/run-artifact/outputs%2Fmodel.pkl.json",
                        "data/report.json",
                        "manifest-sha256.txt",
                        "tagmanifest-sha256.txt");
        assertThat(unpacked.text("data/" + PROJECT + "/run/run-17.json")).isEqualTo("{\"runId\":\"run-17\"}");
        assertThat(unpacked.top().resolve("data/" + RUN + "/artifact-content/outputs%2Fmodel.pkl"))
                .hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(unpacked.text("bagit.txt")).isEqualTo("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
        assertThat(unpacked.text("bag-info.txt"))
                .contains("Bagging-Date: 2026-11-03\n", "External-Identifier: " + job.id + "\n")
                .contains("Payload-Oxum: " + payloadBytes(unpacked) + ".6\n");
    }

    private static long payloadBytes(Unpacked unpacked) throws IOException {
        try (Stream<Path> files = Files.walk(unpacked.top().resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void awkwardKeysBecomeFilesThatAnyToolCanCheck() throws Exception {
        GivenJob job = givenLab();
        for (String key : AWKWARD) {
            job.document(PROJECT, "run", key, "{\"of\":\"" + Digests.hex(key) + "\"}");
            job.content(RUN, key, to -> to.write(key.getBytes(StandardCharsets.UTF_8)));
        }

        Unpacked unpacked = packed(job);

        List<String> files = unpacked.files();
        assertThat(files).hasSize(2 * AWKWARD.size() + 6);
        assertThat(files.stream().map(file -> file.toLowerCase(java.util.Locale.ROOT)))
                .doesNotHaveDuplicates();
        assertThat(files.stream().map(file -> Path.of(file).getFileName().toString()))
                .allMatch(name -> name.matches("[A-Za-z0-9._%~-]{1,120}"))
                .noneMatch(name -> name.matches("(?i)con(\\..*)?"));
        for (String key : AWKWARD) {
            JsonNode item = unpacked.reported(key);
            assertThat(files).contains(item.get("path").stringValue());
        }
        assertThat(linked(unpacked)).hasSize(2 * AWKWARD.size() + 1).allMatch(files::contains);
        Assumptions.assumeTrue(Files.exists(Path.of("/usr/bin/sha256sum")), "sha256sum is not installed");
        assertThat(unpacked.complaints("manifest-sha256.txt")).isEmpty();
        assertThat(unpacked.complaints("tagmanifest-sha256.txt")).isEmpty();
    }

    /** What a browser would open. */
    private static Set<String> linked(Unpacked unpacked) throws IOException {
        return Pattern.compile("href=\"([^#\"][^\"]*)\"")
                .matcher(unpacked.text("data/index.html"))
                .results()
                .map(link -> "data/" + URLDecoder.decode(link.group(1), StandardCharsets.UTF_8))
                .collect(Collectors.toSet());
    }

    @Test
    void reportTellsOfEveryTask() throws Exception {
        GivenJob job = givenLab();
        String document = "{\"runId\":\"run-17\"}";
        UUID exported = job.document(PROJECT, "run", "run-17", document);
        UUID failed = job.task(PROJECT, TaskKind.EXPORT, "run", "run-18", TaskState.FAILED, Reason.RETRIES_SPENT);
        job.task(PROJECT, TaskKind.DISCOVER, "run", null, TaskState.DISCOVERED, null);

        JsonNode report = packed(job).report();

        assertThat(report.propertyNames())
                .containsExactlyInAnyOrder("requestId", "generatedAt", "catalogueHash", "items", "outOfScope");
        assertThat(report.get("requestId").stringValue()).isEqualTo(job.id.toString());
        assertThat(report.get("generatedAt").stringValue()).isEqualTo(GivenJob.ENDED.toString());
        assertThat(report.get("catalogueHash").stringValue()).isEqualTo("c0ffee");
        assertThat(report.at("/outOfScope/0/what").stringValue()).isEqualTo("telemetry");
        assertThat(report.get("items")).hasSize(3);
        JsonNode item = report.get("items")
                .valueStream()
                .filter(one -> one.get("taskId").stringValue().equals(exported.toString()))
                .findFirst()
                .orElseThrow();
        assertThat(item.get("state").stringValue()).isEqualTo("EXPORTED");
        assertThat(item.get("reason").isNull()).isTrue();
        assertThat(item.get("target").stringValue()).isEqualTo("lab");
        assertThat(item.get("row").intValue()).isEqualTo(32);
        assertThat(item.get("source").stringValue()).startsWith("GET https://{location}.experiments.azureml.net/");
        assertThat(item.get("fetchedAt").stringValue()).isEqualTo(GivenJob.FETCHED.toString());
        assertThat(item.get("path").stringValue()).isEqualTo("data/" + PROJECT + "/run/run-17.json");
        assertThat(item.get("sha256").stringValue()).isEqualTo(Digests.hex(document));
        assertThat(item.get("bytes").longValue()).isEqualTo(document.length());
        JsonNode gap = report.get("items")
                .valueStream()
                .filter(one -> one.get("taskId").stringValue().equals(failed.toString()))
                .findFirst()
                .orElseThrow();
        assertThat(gap.get("path").isNull()).isTrue();
        assertThat(gap.get("reason").stringValue()).isEqualTo("RETRIES_SPENT");
    }

    @Test
    void indexTellsPeopleWhatIsThereAndWhatIsNot() throws Exception {
        GivenJob job = givenLab();
        job.document(PROJECT, "run", "a b%<script>", "{}");
        job.task(PROJECT, TaskKind.EXPORT, "run", "run-18", TaskState.FAILED, Reason.RETRIES_SPENT);
        job.task(PROJECT, TaskKind.EXPORT, "experiment", "someone-elses", TaskState.SKIPPED, Reason.EXCLUDED);

        String index = packed(job).text("data/index.html");

        assertThat(index)
                .contains("a b%&lt;script&gt;", "href=\"" + PROJECT + "/run/a%2520b%2525%253Cscript%253E.json\"")
                .contains("What is missing or incomplete", "It was tried again and again", "Do &lt;this&gt;.")
                .contains("Telemetry", "Content-Security-Policy", "lang=\"en\"", "Training runs", "portal-4711")
                .doesNotContain("someone-elses");
        assertThat(index.split("<script", -1))
                .as("data and script of our own, and no other")
                .hasSize(3);
    }

    @Test
    void jobEndsWithItsPackage() throws Exception {
        GivenJob job = givenLab();
        job.document(PROJECT, "run", "run-17", "{}");
        packed(job);
        assertThat(jobs.summary(job.id).stage()).isEqualTo(Stage.COMPLETED);
        String sha256 = sha256(job);
        jdbc.sql("delete from payload where job_id = :job")
                .param("job", job.id.value())
                .update();
        maker.make(job.id);
        assertThat(sha256(job)).isEqualTo(sha256);
    }

    @Test
    void theSameTasksMakeTheSameBytes() throws Exception {
        GivenJob job = givenLab();
        AWKWARD.forEach(key -> job.document(PROJECT, "run", key, "{}"));
        String first = packed(job).sha256();
        reopen(job);
        assertThat(packed(job).sha256()).isEqualTo(first);
    }

    @Test
    void anOlderPackageIsReplaced() throws Exception {
        GivenJob job = givenLab();
        job.document(PROJECT, "run", "run-17", "{}");
        packed(job);
        reopen(job);
        job.document(PROJECT, "run", "run-18", "{}");
        assertThat(packed(job).files()).contains("data/" + PROJECT + "/run/run-18.json");
    }

    private void reopen(GivenJob job) {
        jdbc.sql("update job set stage = 'IN_PROGRESS', finished_at = null, version = version + 1 where id = :job")
                .param("job", job.id.value())
                .update();
    }

    @Test
    void exportedTaskWithoutPayloadMakesNoPackage() {
        GivenJob job = givenLab();
        job.document(PROJECT, "run", "run-17", "{}");
        UUID empty = job.exported(PROJECT, "run", "run-18");
        assertThatThrownBy(() -> maker.make(job.id))
                .isInstanceOf(MissingPayload.class)
                .hasMessageContaining(empty.toString());
        assertThat(packages.of(job.id)).isInstanceOf(Packages.Availability.NotReady.class);
        assertThat(STORE.resolve("packages/" + job.id + "/package.zip")).doesNotExist();
    }

    @Test
    void payloadThatIsNotWhatWasKeptMakesNoPackage() {
        GivenJob job = givenLab();
        job.document(PROJECT, "run", "run-17", "{}");
        jdbc.sql("update payload set body = '\\x5b5d' where job_id = :job")
                .param("job", job.id.value())
                .update();
        assertThatThrownBy(() -> maker.make(job.id)).isInstanceOf(SealBroken.class);
    }

    @Test
    void payloadThatWasSealedForAnotherTaskMakesNoPackage() {
        GivenJob job = givenLab();
        UUID one = job.document(PROJECT, "run", "run-17", "{\"a\":1}");
        UUID other = job.document(PROJECT, "run", "run-18", "{\"a\":2}");
        int swapped = jdbc.sql("""
                        update payload p set body = o.body, sha256 = o.sha256, bytes = o.bytes
                        from payload o where p.job_id = :job and o.job_id = :job
                          and (p.task_id, o.task_id) in ((:one, :other), (:other, :one))
                        """)
                .param("job", job.id.value())
                .param("one", one)
                .param("other", other)
                .update();
        assertThat(swapped).isEqualTo(2);
        assertThatThrownBy(() -> maker.make(job.id)).isInstanceOf(SealBroken.class);
    }

    @Test
    void jobThatWorksAgainGetsNoPackageYet() throws Exception {
        GivenJob job = givenLab();
        job.document(PROJECT, "run", "run-17", "{}");
        job.task(PROJECT, TaskKind.EXPORT, "run", "run-18", TaskState.READY, null);
        maker.make(job.id);
        assertThat(sha256(job)).isNull();
        assertThat(jobs.summary(job.id).stage()).isEqualTo(Stage.IN_PROGRESS);
    }

    private @org.jspecify.annotations.Nullable String sha256(GivenJob job) {
        return jdbc
                .sql("select sha256 from package where job_id = :job")
                .param("job", job.id.value())
                .query((row, number) -> row.getString("sha256"))
                .list()
                .stream()
                .findFirst()
                .orElse(null);
    }
}
