package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.OTHER;
import static io.dsrbroker.story.ExportStory.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.support.BlobService;
import io.dsrbroker.support.BlobService.Fault;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Issuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.node.ObjectNode;

/** An export whose contents and package lie in Azure Blob Storage, and brokers that do not agree on where they lie. */
@Isolated
@ExtendWith(OutputCaptureExtension.class)
class ExportStoreStoryTests {

    private static final EstateSpec SPEC = EstateSpec.small()
            .withHostingAccounts(0, 0, 0)
            .withLabs(1, 1, 1)
            .withRuns(4, 1, 1)
            .withCompute(0, 0);

    private static Map<String, String> settings(String container) {
        return Map.of(
                "dsr.export.store",
                "azure-blob:" + container,
                "dsr.export.account-key",
                BlobService.KEY,
                "dsr.retention.package",
                "10s",
                "dsr.housekeeping.every",
                "200ms");
    }

    private static String submit(ExportStory story) {
        ObjectNode request = ExportStory.request();
        story.azure()
                .estate()
                .places()
                .forEach(place -> ExportStory.with(request, place, target -> {
                    if (!target.get("kind").asString().equals("gallery-author")) {
                        target.put("unknownOwner", "INCLUDE");
                    }
                }));
        return story.portal().submit(request.toString());
    }

    private static byte[] part(Broker broker, String id, String range) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(URI.create(broker.url() + "/api/v1/requests/" + id + "/package"))
                            .header("Authorization", "Bearer " + broker.token("privacy-desk", Issuer.ALL_SCOPES))
                            .header("Range", range)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(206);
            return answer.body();
        }
    }

    private static List<String> of(BlobService service, String id) {
        return service.names("exports").stream()
                .filter(name -> name.contains(id))
                .toList();
    }

    @Test
    void packageInAContainerIsMadeDownloadedFromAnyReplicaAndErased(CapturedOutput output) throws Exception {
        try (BlobService service = new BlobService()) {
            Map<String, String> settings = settings(service.container("exports"));
            service.failing(
                    new Fault.Answer(503, "ServerBusy", Map.of()),
                    8,
                    asked -> asked.method().equals("PUT") && asked.path().contains("/contents/"));
            try (ExportStory story = ExportStory.of(Estate.generate(SPEC, SUBJECT, OTHER), settings);
                    Broker second =
                            Broker.start(story.database(), story.azure(), story.issuer(), story.store(), settings)) {
                String id = submit(story);
                assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
                assertThat(of(service, id))
                        .contains("packages/" + id + "/package.zip")
                        .hasSizeGreaterThan(1);

                Path zip = story.store().resolve("whole.zip");
                assertThat(second.portal("privacy-desk", Issuer.ALL_SCOPES)
                                .download("/requests/" + id + "/package", zip))
                        .isEqualTo(200);
                byte[] whole = Files.readAllBytes(zip);
                assertThat(part(story.broker(), id, "bytes=1000-4999"))
                        .isEqualTo(Arrays.copyOfRange(whole, 1000, 5000));
                assertThat(part(second, id, "bytes=-17"))
                        .isEqualTo(Arrays.copyOfRange(whole, whole.length - 17, whole.length));
                assertThat(Bag.unpack(zip, story.store().resolve("bag")).checkManifest())
                        .isZero();

                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(of(service, id)).isEmpty());
                assertThat(service.names("exports")).singleElement().asString().startsWith("dsr-export-store-");
                assertThat(story.portal().get("/requests/" + id + "/package").status())
                        .isEqualTo(410);
            }
        }
        assertThat(output).doesNotContain("own words").doesNotContain(BlobService.KEY);
    }

    @Test
    void secondBrokerWithAFolderOfItsOwnDoesNotStart(@TempDir Path elsewhere, CapturedOutput output) {
        try (ExportStory story = ExportStory.of(SPEC)) {
            assertThatThrownBy(() -> Broker.start(
                                    story.database(),
                                    story.azure(),
                                    story.issuer(),
                                    elsewhere.resolve("store"),
                                    Map.of())
                            .close())
                    .hasRootCauseMessage("dsr.export.store is not the export store of this database: the folder "
                            + elsewhere.resolve("store") + " on " + host() + " has no object " + marker(story)
                            + ". It is where contents and packages are, first used as the folder " + story.store()
                            + " on " + host());
            assertThat(output).contains("APPLICATION FAILED TO START", "ReadWriteMany");
            Broker.start(story.database(), story.azure(), story.issuer(), story.store(), Map.of())
                    .close();
        }
    }

    private static String host() {
        return System.getenv().getOrDefault("HOSTNAME", "this host");
    }

    private static String marker(ExportStory story) {
        try (var files = Files.list(story.store())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("dsr-export-store-"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
