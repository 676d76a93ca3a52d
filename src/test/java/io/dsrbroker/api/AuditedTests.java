package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.audit.Checkpoints;
import io.dsrbroker.audit.VerifyReceipt;
import io.dsrbroker.job.Caller;
import io.dsrbroker.job.LaneStops;
import io.dsrbroker.job.Target;
import io.dsrbroker.job.TargetKind;
import io.dsrbroker.shared.Digests;
import io.dsrbroker.shared.JobId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What people do is written down with it, or not done at all. */
class AuditedTests extends ApiTestCase {

    private static final String AUDITOR = Tokens.of("aldo", "dsr.audit");
    private static final String OPERATOR = Tokens.of("opal", "dsr.operate");

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    LaneStops stops;

    @Autowired
    Checkpoints checkpoints;

    @TempDir
    Path folder = Path.of("");

    private List<JsonNode> entries(String path) {
        List<JsonNode> entries = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = json(get(path + "?limit=500" + cursor).as(AUDITOR).send());
            page.get("items").forEach(entries::add);
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").stringValue();
        } while (!cursor.isEmpty());
        return entries;
    }

    /** What the broker's own trail says of a target or lane. */
    private List<JsonNode> about(String member, String name) {
        return entries("/api/v1/audit").stream()
                .filter(entry -> entry.get("detail").path(member).asString("").equals(name))
                .toList();
    }

    private static List<String> actions(List<JsonNode> entries) {
        return entries.stream().map(entry -> entry.get("action").stringValue()).toList();
    }

    private UUID endedJobWithPackage() throws IOException {
        UUID id = submitted();
        byte[] zip = "0123456789".repeat(100).getBytes(StandardCharsets.US_ASCII);
        Files.createDirectories(STORE.resolve("packages"));
        try (OutputStream sealing = vault.sealing(
                new JobId(id), "package/" + id, Files.newOutputStream(STORE.resolve("packages/" + id + ".zip")))) {
            sealing.write(zip);
        }
        jdbc.sql("update job set stage = 'COMPLETED', finished_at = now() where id = ?")
                .param(id)
                .update();
        jdbc.sql("insert into package values (?, ?, ?, ?, now(), now() + interval '1 day')")
                .params(id, "packages/" + id + ".zip", Digests.hex(zip), zip.length)
                .update();
        return id;
    }

    private HttpResponse<String> download(String method, UUID id, String header, String value) {
        return call(method, "/api/v1/requests/" + id + "/package")
                .as(Tokens.of("desk", "dsr.download"))
                .header(header, value)
                .send();
    }

    @Test
    void bytesThatAreServedAreWrittenDownWithWhoReceivesThem() throws IOException {
        UUID id = endedJobWithPackage();
        String tag = "\"" + Digests.hex("0123456789".repeat(100)) + "\"";
        assertThat(download("HEAD", id, "X-Nothing", "x").statusCode()).isEqualTo(200);
        assertThat(download("GET", id, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(download("GET", id, "Range", "bytes=5000-").statusCode()).isEqualTo(416);
        assertThat(download("GET", id, "X-Nothing", "x").statusCode()).isEqualTo(200);
        assertThat(download("GET", id, "Range", "bytes=10-19").statusCode()).isEqualTo(206);
        List<JsonNode> downloads = entries("/api/v1/requests/" + id + "/audit").stream()
                .filter(entry -> entry.get("action").stringValue().equals("package-downloaded"))
                .toList();
        assertThat(downloads).hasSize(2);
        assertThat(downloads)
                .allSatisfy(entry ->
                        assertThat(entry.at("/actor/sub").stringValue()).isEqualTo("desk"));
        assertThat(downloads.get(0).at("/detail/firstByte").longValue()).isZero();
        assertThat(downloads.get(0).at("/detail/lastByte").longValue()).isEqualTo(999);
        assertThat(downloads.get(1).at("/detail/firstByte").longValue()).isEqualTo(10);
        assertThat(downloads.get(1).at("/detail/lastByte").longValue()).isEqualTo(19);
    }

    @Test
    void nothingIsServedThatCannotBeWrittenDown() throws IOException {
        UUID id = endedJobWithPackage();
        jdbc.sql("insert into audit_entry select job_id, 2, at, sub, client, action, detail, hash, 'x' from audit_entry"
                        + " where job_id = ? and seq = 1")
                .param(id)
                .update();
        jdbc.sql("insert into audit_pending values (?, 3)").param(id).update();
        HttpResponse<String> answer = download("GET", id, "X-Nothing", "x");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("0123456789");
        jdbc.sql("delete from audit_pending where chain = ? and seq = 3")
                .param(id)
                .update();
    }

    @Test
    void targetsAreWrittenDownWithWhatWasBefore() {
        String path = "/api/v1/targets/audited";
        String account = """
                {"kind": "hosting-account", "subscriptionId": "%s", "resourceGroup": "rg", "account": "%s"}""";
        call("PUT", path)
                .json("PUT", account.formatted(SUBSCRIPTION, "a"))
                .as(OPERATOR)
                .send();
        call("PUT", path)
                .json("PUT", account.formatted(SUBSCRIPTION, "b"))
                .as(OPERATOR)
                .send();
        call("DELETE", path).as(OPERATOR).send();
        assertThat(call("DELETE", path).as(OPERATOR).send().statusCode()).isEqualTo(404);
        List<JsonNode> entries = about("target", "audited");
        assertThat(actions(entries)).containsExactly("target-registered", "target-registered", "target-removed");
        assertThat(entries.get(0).at("/detail/before").isMissingNode()).isTrue();
        JsonNode first = entries.get(0).at("/detail/after/sha256");
        JsonNode second = entries.get(1).at("/detail/after/sha256");
        assertThat(first).isNotEqualTo(second);
        assertThat(entries.get(1).at("/detail/before/sha256")).isEqualTo(first);
        assertThat(entries.get(2).at("/detail/before/sha256")).isEqualTo(second);
        assertThat(entries)
                .allSatisfy(entry ->
                        assertThat(entry.at("/actor/sub").stringValue()).isEqualTo("opal"));
    }

    @Test
    void lanesPausedAndResumedByPeopleAreWrittenDownOnce() {
        jdbc.sql("insert into lane (name, upstream) values ('x:audited', 'x')").update();
        for (int time = 0; time < 2; time++) {
            post("/api/v1/lanes/x:audited/pause", "{\"reason\": \"maintenance\"}")
                    .as(OPERATOR)
                    .send();
        }
        for (int time = 0; time < 2; time++) {
            call("POST", "/api/v1/lanes/x:audited/resume").as(OPERATOR).send();
        }
        List<JsonNode> entries = about("lane", "x:audited");
        assertThat(actions(entries)).containsExactly("lane-paused", "lane-resumed");
        assertThat(entries.getFirst().at("/detail/reason").stringValue()).isEqualTo("maintenance");
        assertThat(entries.getFirst().at("/detail/after/held").booleanValue()).isTrue();
        assertThat(entries.getLast().at("/actor/sub").stringValue()).isEqualTo("opal");
    }

    @Test
    void whatIsRolledBackIsNeitherDoneNorWrittenDown() {
        jdbc.sql("insert into lane (name, upstream) values ('x:undone', 'x')").update();
        transaction.executeWithoutResult(status -> {
            estate.put(
                    "undone",
                    new Target("undone", TargetKind.GALLERY_AUTHOR, null, null, null, null, null, null, null, null),
                    new Caller("opal", null));
            assertThat(stops.pause("x:undone", "x", new Caller("opal", null))).isTrue();
            status.setRollbackOnly();
        });
        assertThat(estate.find("undone")).isEmpty();
        assertThat(about("target", "undone")).isEmpty();
        assertThat(about("lane", "x:undone")).isEmpty();
        assertThat(jdbc.sql("select held_since is null from lane where name = 'x:undone'")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void cancelledRequestHasAReceiptThatVerifies() throws IOException {
        UUID id = submitted();
        String path = "/api/v1/requests/" + id;
        String reader = Tokens.of("rita", "dsr.read");
        HttpResponse<String> early = get(path + "/receipt").as(reader).send();
        assertProblem(early, 409, "receipt-not-ready");
        assertThat(json(early).get("stage").stringValue()).isEqualTo("RECEIVED");
        assertThat(post(path + "/cancellation", "{\"reason\": \"withdrawn\"}")
                        .as(OPERATOR)
                        .send()
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> receipt = get(path + "/receipt").as(reader).send();
        assertThat(receipt.statusCode()).isEqualTo(200);
        assertThat(receipt.headers().firstValue("Content-Type")).contains("application/jose");
        Path jwks = Files.writeString(
                folder.resolve("jwks.json"),
                get("/.well-known/jwks.json").send().body());
        Path file = Files.writeString(folder.resolve("receipt"), receipt.body());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = new VerifyReceipt()
                .run(
                        List.of(file.toString(), "--jwks", jwks.toString()),
                        new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Valid: request " + id + " ended as CANCELLED");
        assertThat(code).isZero();
        assertProblem(
                get("/api/v1/requests/" + new UUID(7, 7) + "/receipt")
                        .as(reader)
                        .send(),
                404,
                "not-found");
    }

    @Test
    void checkpointsComeInPagesAndVerificationNamesWhatItFinds() {
        UUID id = submitted();
        assertThat(checkpoints.take()).isPresent();
        submitted();
        assertThat(checkpoints.take()).isPresent();
        JsonNode page =
                json(get("/api/v1/audit/checkpoints?limit=1").as(AUDITOR).send());
        assertThat(page.at("/items/0").propertyNames())
                .containsExactly("seq", "at", "previous", "chains", "entries", "heads", "kid", "jws");
        assertThat(page.get("next").isNull()).isFalse();
        assertProblem(get("/api/v1/audit/checkpoints?cursor=x").as(AUDITOR).send(), 400, "invalid-parameter");
        jdbc.sql("update job set stage = 'COMPLETED' where id = ?").param(id).update();
        jdbc.sql("insert into audit_entry select job_id, 5, at, sub, client, 'x', detail, hash, hash from audit_entry"
                        + " where job_id = ? and seq = 1")
                .param(id)
                .update();
        JsonNode report = json(get("/api/v1/audit/verification").as(AUDITOR).send());
        assertThat(report.get("intact").booleanValue()).isFalse();
        assertThat(report.get("findings")).anySatisfy(finding -> {
            assertThat(finding.get("requestId").asString("")).isEqualTo(id.toString());
            assertThat(finding.get("seq").asInt()).isEqualTo(5);
            assertThat(finding.get("what").stringValue()).startsWith("the entry was changed");
        });
    }

    @Test
    void oneVerificationAtATimeIsMade() throws Exception {
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> first;
            try (Connection owner = DATABASE.connect();
                    Statement statement = owner.createStatement()) {
                owner.setAutoCommit(false);
                statement.execute("lock table audit_checkpoint in access exclusive mode");
                first = others.submit(
                        () -> get("/api/v1/audit/verification").as(AUDITOR).send());
                Awaitility.await().until(this::somebodyWaitsForALock);
                HttpResponse<String> second =
                        get("/api/v1/audit/verification").as(AUDITOR).send();
                assertProblem(second, 429, "too-many-requests");
                assertThat(second.headers().firstValue("Retry-After")).contains("30");
                owner.rollback();
            }
            assertThat(first.get().statusCode()).isEqualTo(200);
            assertThat(get("/api/v1/audit/verification").as(AUDITOR).send().statusCode())
                    .isEqualTo(200);
        }
    }

    private boolean somebodyWaitsForALock() {
        return jdbc.sql("""
                        select exists (select from pg_locks l join pg_class c on c.oid = l.relation
                                       where c.relname = 'audit_checkpoint' and not l.granted)
                        """).query((row, number) -> row.getBoolean(1)).single();
    }

    @Test
    void checkpointThatSomebodyKeptIsLookedFor() {
        submitted();
        assertThat(checkpoints.take()).isPresent();
        String path = "/api/v1/audit/verification?checkpoint=";
        assertProblem(get(path + "1").as(AUDITOR).send(), 400, "invalid-parameter");
        assertProblem(get(path + "1:x").as(AUDITOR).send(), 400, "invalid-parameter");
        JsonNode page =
                json(get("/api/v1/audit/checkpoints?limit=1").as(AUDITOR).send());
        String hash = Digests.hex(page.at("/items/0/jws").stringValue());
        String lost = "that the caller has kept";
        assertThat(json(get(path + "1:" + hash).as(AUDITOR).send()).toString()).doesNotContain(lost);
        assertThat(json(get(path + "999:" + hash).as(AUDITOR).send()).toString())
                .contains(lost);
    }
}
