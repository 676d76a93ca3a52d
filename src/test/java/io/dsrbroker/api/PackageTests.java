package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.shared.Digests;
import io.dsrbroker.shared.JobId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PackageTests extends ApiTestCase {

    private static final String SUBJECT_DESK = Tokens.of("desk", "dsr.download");

    private final byte[] zip = new byte[300_000];
    private UUID id = new UUID(0, 0);

    @BeforeEach
    void endedJobWithPackage() throws IOException {
        new Random(7).nextBytes(zip);
        id = submitted();
        end("COMPLETED");
        store("now() + interval '1 day'");
    }

    private void end(String stage) {
        jdbc.sql("update job set stage = ?, finished_at = now() where id = ?")
                .param(stage)
                .param(id)
                .update();
    }

    private void store(String expires) throws IOException {
        String key = "packages/" + id + ".zip";
        Files.createDirectories(STORE.resolve("packages"));
        try (OutputStream sealing =
                vault.sealing(new JobId(id), "package/" + id, Files.newOutputStream(STORE.resolve(key)))) {
            sealing.write(zip);
        }
        jdbc.sql("insert into package values (?, ?, ?, ?, now(), " + expires + ")")
                .param(id)
                .param(key)
                .param(Digests.hex(zip))
                .param(zip.length)
                .update();
    }

    private Sending download() {
        return download("GET");
    }

    private Sending download(String method) {
        return call(method, "/api/v1/requests/" + id + "/package").as(SUBJECT_DESK);
    }

    private String tag() {
        return "\"" + Digests.hex(zip) + "\"";
    }

    private void assertPart(HttpResponse<byte[]> answer, int from, int to) {
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.headers().firstValue("Content-Range"))
                .contains("bytes " + from + "-" + (to - 1) + "/" + zip.length);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(zip, from, to));
    }

    private void assertWhole(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Range")).isEmpty();
        assertThat(answer.body()).isEqualTo(zip);
    }

    @Test
    void wholePackageIsAnAttachment() {
        HttpResponse<byte[]> answer = download().send(BodyHandlers.ofByteArray());
        assertWhole(answer);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(answer.headers().firstValue("ETag")).contains(tag());
        assertThat(answer.headers().firstValue("Accept-Ranges")).contains("bytes");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"dsr-" + id + ".zip\"");
    }

    @Test
    void headHasTheHeadersOnly() {
        HttpResponse<byte[]> answer =
                download("HEAD").header("Range", "bytes=0-1").send(BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).contains("300000");
        assertThat(answer.headers().firstValue("ETag")).contains(tag());
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void rangesAreServed() {
        assertPart(range("bytes=0-0"), 0, 1);
        assertPart(range("bytes=100000-200000"), 100_000, 200_001);
        assertPart(range("bytes=299990-"), 299_990, 300_000);
        assertPart(range("bytes=-7"), 299_993, 300_000);
        assertPart(range("bytes=-999999"), 0, 300_000);
        assertPart(range("bytes=5-999999"), 5, 300_000);
        assertWhole(range("bytes=0-1,5-6"));
        assertWhole(range("lines=1-2"));
    }

    private HttpResponse<byte[]> range(String range) {
        return download().header("Range", range).send(BodyHandlers.ofByteArray());
    }

    @Test
    void rangesOutsideAre416() {
        for (String range : java.util.List.of("bytes=300000-", "bytes=-0", "bytes=9-5", "bytes=x")) {
            var answer = download().header("Range", range).send();
            assertProblem(answer, 416, "range-not-satisfiable");
            assertThat(answer.headers().firstValue("Content-Range")).contains("bytes */300000");
        }
    }

    @Test
    void conditionsAreHonoured() {
        assertThat(download().header("If-None-Match", tag()).send().statusCode())
                .isEqualTo(304);
        assertWhole(download().header("If-None-Match", "\"other\"").send(BodyHandlers.ofByteArray()));
        assertPart(
                download()
                        .header("Range", "bytes=0-9")
                        .header("If-Range", tag())
                        .send(BodyHandlers.ofByteArray()),
                0,
                10);
        assertWhole(download()
                .header("Range", "bytes=0-9")
                .header("If-Range", "\"other\"")
                .send(BodyHandlers.ofByteArray()));
    }

    @Test
    void packageNotYetMadeOverOrNeverMadeIsAProblem() throws IOException {
        id = submitted();
        var early = download().send();
        assertProblem(early, 409, "package-not-ready");
        assertThat(json(early).get("stage").stringValue()).isEqualTo("RECEIVED");
        end("COMPLETED_WITH_EXCEPTIONS");
        store("now() - interval '1 second'");
        assertProblem(download().send(), 410, "package-expired");
        end("CANCELLED");
        assertProblem(download().send(), 404, "no-package");
    }

    @Test
    void lostFileIsAFaultOfTheBroker() throws IOException {
        Files.delete(STORE.resolve("packages/" + id + ".zip"));
        var answer = download().send();
        assertProblem(answer, 500, "internal-error");
        assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
    }
}
