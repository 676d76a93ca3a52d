package io.dsrbroker.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dsrbroker.job.Caller;
import io.dsrbroker.shared.JobId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a receipt says, and what the offline verifier says of one that says something else. */
class ReceiptTests extends AuditModule {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder = Path.of("");

    private Map<String, Object> claims(String jws) {
        return Jws.verified(jws, Receipts.TYP, keys.current()).claims();
    }

    private Path file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path jwks() {
        return file("jwks.json", StrictJson.indented(keys.published()));
    }

    private record Said(int code, String text) {}

    private static Said run(io.dsrbroker.shared.Command command, Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = command.run(
                Stream.of(arguments).map(String::valueOf).toList(), new PrintStream(out, true, StandardCharsets.UTF_8));
        return new Said(code, out.toString(StandardCharsets.UTF_8));
    }

    private Said verify(String jws) {
        return run(new VerifyReceipt(), file("receipt.jws", jws + "\n"), "--jwks", jwks());
    }

    private Said resigned(Map<String, ?> claims) {
        return verify(Jws.sign(keys.current().active(), Receipts.TYP, claims));
    }

    @Test
    void saysWhatHappenedAndNothingOfTheSubject() {
        JobId job = givenEndedJob();
        String jws = receipt(job);
        JsonNode claims = JSON.valueToTree(claims(jws));
        assertThat(claims.get("sub").asString()).isEqualTo(job.toString());
        assertThat(claims.get("iss").asString()).isEqualTo("dsr-broker");
        assertThat(claims.get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        assertThat(claims.get("catalogueHash").asString()).isEqualTo("c0ffee");
        assertThat(claims.get("planHash").asString()).isEqualTo(PLAN);
        JsonNode approval = claims.get("approvals").get(0);
        assertThat(approval.at("/by/sub").asString()).isEqualTo("bob");
        assertThat(approval.get("excluded").asInt()).isEqualTo(1);
        assertThat(approval.get("void").asBoolean()).isFalse();
        assertThat(claims.get("counts")).isEqualTo(JSON.readTree("""
                {"total": 4, "byState": {"COVERED": 1, "DELETED": 2, "SKIPPED": 1},
                 "byType": {"model": {"SKIPPED": 1}, "run": {"DELETED": 2}, "run-metric": {"COVERED": 1}},
                 "discovery": {"DISCOVERED": 1}}"""));
        JsonNode exception = claims.get("exceptions").get(0);
        assertThat(exception.propertyNames()).containsExactlyInAnyOrder("taskId", "target", "type", "state", "reason");
        assertThat(exception.get("reason").asString()).isEqualTo("EXCLUDED");
        assertThat(claims.get("exceptionCount").asInt()).isEqualTo(1);
        assertThat(claims.at("/verification/resources").asInt()).isEqualTo(3);
        AuditEntry last = entries.newest(job).orElseThrow();
        assertThat(claims.get("auditHead").get("seq").asLong()).isEqualTo(last.seq());
        assertThat(claims.get("auditHead").get("hash").asString()).isEqualTo(last.hash());
        assertThat(claims.toString()).doesNotContain("secret-key");
        assertThat(verify(jws).text()).startsWith("Valid: request " + job + " ended as COMPLETED_WITH_EXCEPTIONS");
        assertThat(verify(jws).code()).isZero();
    }

    @Test
    void everyClaimChangedWithoutTheKeyIsABadSignature() {
        String jws = receipt(givenEndedJob());
        String[] parts = jws.split("\\.", -1);
        for (String name : claims(jws).keySet()) {
            Map<String, Object> changed = new HashMap<>(claims(jws));
            changed.put(name, "changed");
            String payload = java.util.Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            io.dsrbroker.shared.CanonicalJson.of(changed).getBytes(StandardCharsets.UTF_8));
            Said said = verify(parts[0] + "." + payload + "." + parts[2]);
            assertThat(said.code()).as(name).isEqualTo(1);
            assertThat(said.text()).as(name).contains("bad signature");
        }
    }

    @Test
    void everyMissingClaimIsNamedEvenWhereTheSignatureFits() {
        String jws = receipt(givenEndedJob());
        for (String name : claims(jws).keySet()) {
            Map<String, Object> less = new HashMap<>(claims(jws));
            less.remove(name);
            assertThat(resigned(less).text()).contains("missing claim: " + name);
        }
    }

    private static void put(Map<?, ?> map, String name, @Nullable Object value) {
        @SuppressWarnings("unchecked")
        Map<String, @Nullable Object> members = (Map<String, @Nullable Object>) map;
        members.put(name, value);
    }

    private static Map<?, ?> member(Map<?, ?> claims, String name) {
        return (Map<?, ?>) java.util.Objects.requireNonNull(claims.get(name));
    }

    private static Map<?, ?> first(Map<String, ?> claims, String name) {
        return (Map<?, ?>) ((List<?>) java.util.Objects.requireNonNull(claims.get(name))).getFirst();
    }

    @TestFactory
    Stream<DynamicTest> contradictionsAreNamedEvenWhereTheSignatureFits() {
        Map<String, Consumer<Map<String, Object>>> changes = new LinkedHashMap<>();
        changes.put("COMPLETED, but with exceptions", claims -> put(claims, "stage", "COMPLETED"));
        changes.put("stage IN_PROGRESS is no end", claims -> put(claims, "stage", "IN_PROGRESS"));
        changes.put("exceptionCount is 2, but counts have 1", claims -> put(claims, "exceptionCount", 2));
        changes.put("but 0 exceptions are named", claims -> put(claims, "exceptions", List.of()));
        changes.put("total is not the sum", claims -> put(member(claims, "counts"), "total", 5));
        changes.put("byType is not byState", claims -> put(member(claims, "counts"), "byType", Map.of()));
        changes.put(
                "tasks that have not ended", claims -> put(member(claims, "counts"), "discovery", Map.of("READY", 1)));
        changes.put(
                "a state that does not exist", claims -> put(member(claims, "counts"), "discovery", Map.of("X", 1)));
        changes.put("exceptionsHash is not over", claims -> put(claims, "exceptionsHash", "0".repeat(64)));
        changes.put("exceptionsHash is no SHA-256", claims -> put(claims, "exceptionsHash", "zero"));
        changes.put("not those that counts have", claims -> put(first(claims, "exceptions"), "state", "FAILED"));
        changes.put("of another plan than planHash", claims -> put(claims, "planHash", "e".repeat(64)));
        changes.put("DELETED without an approval", claims -> put(claims, "approvals", List.of()));
        changes.put("EXPORT has neither", claims -> put(claims, "type", "EXPORT"));
        changes.put("although resources were DELETED", claims -> put(claims, "verification", null));
        changes.put("fewer proofs of absence", claims -> put(member(claims, "verification"), "resources", 1));
        changes.put(
                "ends before it begins", claims -> put(member(claims, "verification"), "last", "2000-01-01T00:00:00Z"));
        changes.put("auditHead names no entry", claims -> put(member(claims, "auditHead"), "seq", 0));
        changes.put("finishedAt is no time", claims -> put(claims, "finishedAt", "yesterday"));
        return changes.entrySet().stream()
                .map(change -> DynamicTest.dynamicTest(change.getKey(), () -> {
                    nothingThere();
                    Map<String, Object> claims = claims(receipt(givenEndedJob()));
                    change.getValue().accept(claims);
                    Said said = resigned(claims);
                    assertThat(said.code()).isEqualTo(1);
                    assertThat(said.text()).startsWith("NOT VALID").contains(change.getKey());
                }));
    }

    @Test
    void exceptionsBeyondThoseNamedAreCoveredByTheirHash() {
        JobId job = givenJob();
        givenThreeEntries(job);
        jdbc.sql("""
                insert into task (job_id, id, target, container_id, kind, type, state, reason, lane, finished_at)
                select :job, gen_random_uuid(), 0, :job, 'DELETE', 'model', 'SKIPPED', 'EXCLUDED', 'arm:1', now()
                from generate_series(1, 10500)
                """).param("job", job.value()).update();
        progress.reconsider(job);
        Map<String, Object> claims = claims(receipt(job));
        assertThat(claims).containsEntry("exceptionCount", 10_501);
        assertThat((List<?>) claims.get("exceptions")).hasSize(10_000);
        assertThat(verify(receipt(job)).code()).isZero();
        assertThat(found()).isEmpty();
    }

    @Test
    void receiptsOfARotatedKeyStayValidAndOthersKeysDoNotVerify() {
        String before = receipt(givenEndedJob());
        Path file = Path.of(java.util.Objects.requireNonNull(DATABASE.settings().get("dsr.receipt.keyset")));
        Said rotated = run(new NewReceiptKey(), file);
        assertThat(rotated.code()).isZero();
        KeySet after = KeyFile.open(file, java.time.Duration.ZERO).keys();
        assertThat(rotated.text()).startsWith(after.active().kid());
        Path published = file("rotated.json", StrictJson.indented(after.published()));
        Path receipt = file("before.jws", before);
        assertThat(run(new VerifyReceipt(), receipt, "--jwks", published).code())
                .isZero();
        String newer = Jws.sign(after.active(), Receipts.TYP, claims(before));
        assertThat(run(new VerifyReceipt(), file("newer.jws", newer), "--jwks", published)
                        .code())
                .isZero();
        Path others = folder.resolve("others.json");
        assertThat(run(new NewReceiptKey(), others).text()).startsWith("Created");
        Said stranger = run(new VerifyReceipt(), receipt, "--jwks", others);
        assertThat(stranger.code()).isEqualTo(1);
        assertThat(stranger.text()).contains("unknown kid");
    }

    @Test
    void databaseWhoseKeysAreLostIsRefused() {
        givenEndedJob();
        ReceiptProperties wrong =
                new ReceiptProperties(folder.resolve("lost.json").toString(), "x");
        assertThatExceptionOfType(LostKeys.class)
                .isThrownBy(() -> new SigningKeys(wrong, jdbc))
                .withMessageContaining(keys.current().active().kid());
        assertThat(folder.resolve("lost.json")).doesNotExist();
        assertThat(KeyFile.create(folder.resolve("lost.json"))).isTrue();
        assertThatExceptionOfType(LostKeys.class).isThrownBy(() -> new SigningKeys(wrong, jdbc));
    }

    @Test
    void wrongCallsAreToldFromWrongReceipts() {
        Path receipt = file("r.jws", receipt(givenEndedJob()));
        assertThat(run(new VerifyReceipt()).code()).isEqualTo(2);
        assertThat(run(new VerifyReceipt(), receipt).text()).contains("--jwks is missing", "Usage:");
        assertThat(run(new VerifyReceipt(), receipt, "--jwks").code()).isEqualTo(2);
        assertThat(run(new VerifyReceipt(), receipt, "--other", receipt).code()).isEqualTo(2);
        assertThat(run(new VerifyReceipt(), receipt, "--jwks", folder.resolve("none"))
                        .code())
                .isEqualTo(2);
        assertThat(run(new VerifyReceipt(), receipt, "--jwks", receipt).text()).contains("no usable keys");
        assertThat(run(new NewReceiptKey(), receipt).code()).isEqualTo(1);
        assertThat(run(new NewReceiptKey()).code()).isEqualTo(2);
    }

    private Path page(String name, List<AuditEntry> items, @Nullable String next) {
        Map<String, @Nullable Object> page = new HashMap<>();
        page.put("items", items);
        page.put("next", next);
        return file(name, JSON.writeValueAsString(page));
    }

    @Test
    void pagesOfAnAuditTrailAreCheckedAgainstThemselvesAndTheReceipt() {
        JobId job = givenEndedJob();
        acts(job, ANN, "package-downloaded", Map.of("firstByte", 0));
        Path receipt = file("r.jws", receipt(job));
        List<AuditEntry> chain = entries.after(job, 0, 100);
        Path one = page("1.json", chain.subList(0, 3), "x");
        Path two = page("2.json", chain.subList(3, 6), null);
        Said whole = run(new VerifyAudit(), one, two, "--jwks", jwks(), "--receipt", receipt);
        assertThat(whole.text()).startsWith("Valid: 6 entries, among them the one of the receipt");
        assertThat(whole.code()).isZero();
        assertThat(run(new VerifyAudit(), one, two).code()).isZero();
        assertThat(run(new VerifyAudit(), one).text()).contains("the last page says that there are more");
        assertThat(run(new VerifyAudit(), two).text()).contains("entry 4: the entry before it is missing");
        assertThat(run(new VerifyAudit(), two, one).code()).isEqualTo(1);
        Path cut = page("cut.json", chain.subList(0, 4), null);
        assertThat(run(new VerifyAudit(), cut).code()).isZero();
        assertThat(run(new VerifyAudit(), cut, "--jwks", jwks(), "--receipt", receipt)
                        .text())
                .contains("entry 5, which the receipt names, is missing");
        List<AuditEntry> forged = new ArrayList<>(chain.subList(0, 4));
        forged.add(AuditEntry.behind(
                chain.get(3), AT, Caller.SYSTEM, "stage-changed", chain.get(4).detail()));
        Path rewritten = page("forged.json", forged, null);
        assertThat(run(new VerifyAudit(), rewritten, "--jwks", jwks(), "--receipt", receipt)
                        .text())
                .contains("entry 5 is not the one that the receipt names");
        Map<String, Object> claims = claims(receipt(job));
        put(member(first(claims, "approvals"), "by"), "sub", "eve");
        Path another = file("another.jws", Jws.sign(keys.current().active(), Receipts.TYP, claims));
        assertThat(run(new VerifyAudit(), one, two, "--jwks", jwks(), "--receipt", another)
                        .text())
                .contains("the receipt's approvals are not those that the audit trail tells of");
        assertThat(run(new VerifyAudit(), file("x.json", "{}")).code()).isEqualTo(1);
        assertThat(run(new VerifyAudit()).code()).isEqualTo(2);
    }

    @Test
    void reopenedJobGetsAnotherReceiptWhenItEndsAgain() {
        JobId job = givenEndedJob();
        String first = receipt(job);
        jdbc.sql("update job set stage = 'IN_PROGRESS', finished_at = null where id = ?")
                .param(job.value())
                .update();
        acts(job, Caller.SYSTEM, "stage-changed", Map.of("from", "COMPLETED_WITH_EXCEPTIONS", "to", "IN_PROGRESS"));
        jdbc.sql("update task set state = 'DELETED', reason = null where job_id = ? and state = 'SKIPPED'")
                .param(job.value())
                .update();
        assertThat(found()).isEmpty();
        progress.reconsider(job);
        assertThat(claims(receipt(job))).containsEntry("stage", "COMPLETED");
        assertThat(receipt(job)).isNotEqualTo(first);
        assertThat(found()).isEmpty();
    }

    @Test
    void endingThatIsRolledBackLeavesNoReceipt() {
        JobId job = givenJob();
        givenThreeEntries(job);
        transaction.executeWithoutResult(status -> {
            progress.reconsider(job);
            assertThat(receipts.newest(job)).isPresent();
            status.setRollbackOnly();
        });
        assertThat(receipts.newest(job)).isEmpty();
        assertThat(found()).isEmpty();
    }
}
