package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.DsrBrokerApplication;
import io.dsrbroker.audit.VerifyAudit;
import io.dsrbroker.audit.VerifyReceipt;
import io.dsrbroker.shared.Command;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.Portal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An export and a delete end with receipts that anybody can check, and nothing that was written down has changed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrustTests {

    private static final JsonMapper JSON = new JsonMapper();

    private final DeleteStory story = DeleteStory.of(
            Estate.generate(
                    EstateSpec.small().withLabs(2, 1, 1).withRuns(5, 1, 1), ExportStory.SUBJECT, ExportStory.OTHER),
            Map.of("dsr.audit.checkpoint", "300ms"));
    private final Place lab = story.lab();

    @TempDir
    private Path folder = Path.of("");

    private String export = "";
    private String delete = "";

    @BeforeAll
    void exportThenDelete() {
        ObjectNode request = ExportStory.request();
        ExportStory.with(request, lab, target -> target.put("select", "ALL"));
        export = story.portal().submit(request.toString());
        assertThat(story.portal()
                        .get("/requests/" + export + "/receipt")
                        .json()
                        .get("type")
                        .asString())
                .isEqualTo("/problems/receipt-not-ready");
        story.ended(export);
        delete = story.done(DeleteStory.all(ExportStory.SUBJECT, lab));
    }

    @AfterAll
    void close() {
        story.close();
    }

    private Path jwks() throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(story.url() + "/.well-known/jwks.json"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("max-age=300");
        assertThat(answer.body()).doesNotContain("\"d\"");
        return Files.writeString(folder.resolve("jwks.json"), answer.body());
    }

    private Path receipt(String id) throws IOException {
        Portal.Answer answer = story.portal().get("/requests/" + id + "/receipt");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.raw().headers().firstValue("Content-Type")).contains("application/jose");
        return Files.writeString(folder.resolve(id + ".jws"), answer.body());
    }

    private JsonNode claims(String id) throws IOException {
        String payload = Files.readString(receipt(id)).split("\\.", -1)[1];
        return JSON.readTree(Base64.getUrlDecoder().decode(payload));
    }

    private static String said(Command command, int code, Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int exit = command.run(
                Stream.of(arguments).map(String::valueOf).toList(), new PrintStream(out, true, StandardCharsets.UTF_8));
        String said = out.toString(StandardCharsets.UTF_8);
        assertThat(exit).as(said).isEqualTo(code);
        return said;
    }

    @Test
    void bothReceiptsAreValidAndSayWhatTheViewsSay() throws Exception {
        for (String id : List.of(export, delete)) {
            assertThat(said(new VerifyReceipt(), 0, receipt(id), "--jwks", jwks()))
                    .contains("request " + id);
            JsonNode claims = claims(id);
            JsonNode view = story.portal().get("/requests/" + id).json();
            for (String same : List.of("type", "stage", "receivedAt", "dueAt", "finishedAt", "exceptionCount")) {
                assertThat(claims.get(same)).as(same).isEqualTo(view.get(same));
            }
            assertThat(claims.at("/counts/byState")).isEqualTo(view.at("/counts/byState"));
            assertThat(claims.get("outOfScope")).isEqualTo(view.get("outOfScope"));
            assertThat(view.at("/links/receipt").asString()).isEqualTo("/api/v1/requests/" + id + "/receipt");
        }
        assertThat(claims(delete).get("approvals").get(0).at("/by/sub").asString())
                .isEqualTo("privacy-officer");
        assertThat(claims(delete).get("planHash"))
                .isEqualTo(story.plan(delete).view().get("planHash"));
    }

    @Test
    void receiptsHoldNothingOfAnybody() throws Exception {
        List<String> keys = story.tasks(delete, "type=run").stream()
                .map(task -> task.get("key").asString())
                .toList();
        assertThat(keys).isNotEmpty();
        for (String id : List.of(export, delete)) {
            String claims = claims(id).toString();
            assertThat(claims)
                    .doesNotContainIgnoringCase(ExportStory.SUBJECT.objectId())
                    .doesNotContainIgnoringCase(ExportStory.SUBJECT.userName())
                    .doesNotContainIgnoringCase(ExportStory.SUBJECT.authorId())
                    .doesNotContain(ExportStory.OTHER.objectId(), "good-token");
            assertThat(keys).allSatisfy(key -> assertThat(claims).doesNotContain("\"" + key + "\""));
        }
    }

    @Test
    void jarVerifiesByItself() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DsrBrokerApplication.class.getName(),
                        "verify-receipt",
                        receipt(delete).toString(),
                        "--jwks",
                        jwks().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).startsWith("Valid: request " + delete);
    }

    @Test
    void auditTrailIsTheOneThatTheReceiptWasSignedFor() throws Exception {
        List<Object> arguments = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = story.portal()
                    .get("/requests/" + delete + "/audit?limit=4" + cursor)
                    .json();
            arguments.add(Files.writeString(folder.resolve("page-" + arguments.size() + ".json"), page.toString()));
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asString();
        } while (!cursor.isEmpty());
        assertThat(arguments).hasSizeGreaterThan(1);
        arguments.addAll(List.of("--receipt", receipt(delete), "--jwks", jwks()));
        assertThat(said(new VerifyAudit(), 0, arguments.toArray())).contains("among them the one of the receipt");
        arguments.set(arguments.size() - 3, receipt(export));
        said(new VerifyAudit(), 1, arguments.toArray());
    }

    @Test
    void everythingIsIntactAndCoveredByCheckpoints() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !story.portal()
                        .get("/audit/checkpoints")
                        .json()
                        .get("items")
                        .isEmpty());
        JsonNode report = story.portal().get("/audit/verification").json();
        assertThat(report.get("findings")).isEmpty();
        assertThat(report.get("intact").asBoolean()).isTrue();
        assertThat(report.get("chains").asInt()).isEqualTo(3);
        assertThat(report.get("checkpoints").asInt()).isPositive();
    }

    @Test
    void settingsOfTheStartAreInTheBrokersOwnTrail() {
        JsonNode first = story.portal().get("/audit").json().get("items").get(0);
        assertThat(first.get("action").asString()).isEqualTo("configured");
        JsonNode settings = first.at("/detail/settings");
        assertThat(settings.get("dsr.egress.allow-http").asString()).isEqualTo("true");
        assertThat(settings.get("dsr.upstreams.arm.base-url").asString()).startsWith("sha256:");
        assertThat(settings.propertyNames())
                .contains("catalogue", "dsr.audit.checkpoint")
                .noneMatch(name -> name.contains("client-secret"));
    }
}
