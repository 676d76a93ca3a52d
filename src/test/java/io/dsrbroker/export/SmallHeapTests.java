package io.dsrbroker.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.job.Stage;
import io.dsrbroker.job.TargetKind;
import io.dsrbroker.launcher.DevelopmentLauncher;
import io.dsrbroker.shared.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

class SmallHeapTests extends ExportModule {

    private static final int DOCUMENTS = Integer.getInteger("dsr.test.documents", 20_000);
    private static final long MEGABYTES = Long.getLong("dsr.test.megabytes", 300);
    private static final int LINES = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String HEAP = System.getProperty("dsr.test.heap", "96m");

    @Test
    @Tag("long")
    void manyDocumentsAndLargeContentFitIntoASmallHeap() throws Exception {
        GivenJob job = givenJob().target("lab", TargetKind.EXPERIMENTATION_ACCOUNT);
        job.documents("lab/p1", "run", DOCUMENTS);
        job.content("lab/p1/runs/key-2", "outputs/large.bin", GivenJob.noise(MEGABYTES));

        makeWithin(HEAP, job);

        assertThat(jobs.summary(job.id).stage()).isEqualTo(Stage.COMPLETED);
        Packages.Availability.Ready ready = (Packages.Availability.Ready) packages.of(job.id);
        Path opened = STORE.resolve(job.id + ".opened.zip");
        try (InputStream in = ready.zip().from(0)) {
            Files.copy(in, opened);
        }
        try (ZipFile zip = new ZipFile(opened.toFile())) {
            int pages = (DOCUMENTS + LINES - 1) / LINES;
            assertThat(zip.size()).isEqualTo(DOCUMENTS + 7 + pages);
            assertThat(sha256(zip, job, "data/lab/p1/runs/key-2/artifact-content/outputs%2Flarge.bin"))
                    .isEqualTo(jdbc.sql("select sha256 from payload where job_id = :job and store is not null")
                            .param("job", job.id.value())
                            .query((row, number) -> row.getString("sha256"))
                            .single());
        }
    }

    @AfterAll
    static void discard() {
        FileSystemUtils.deleteRecursively(STORE.toFile());
    }

    private static String sha256(ZipFile zip, GivenJob job, String path) throws IOException {
        try (DigestInputStream in = new DigestInputStream(
                zip.getInputStream(zip.getEntry("dsr-" + job.id + "/" + path)), Digests.sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    private static void makeWithin(String heap, GivenJob job) throws IOException, InterruptedException {
        Path output = Files.createTempFile("small-heap", ".log");
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        DevelopmentLauncher.class.getName(),
                        "run",
                        SmallHeap.class.getName(),
                        job.id.toString(),
                        "--dsr.export.store=" + STORE)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        DATABASE.settings().forEach((name, value) -> java.command().add("--" + name + "=" + value));
        java.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = java.start();
        boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        assertThat(ended).as("ended within " + PATIENCE).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }
}
