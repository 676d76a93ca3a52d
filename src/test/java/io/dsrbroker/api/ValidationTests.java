package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.job.Caller;
import io.dsrbroker.job.RequestType;
import io.dsrbroker.job.Submission;
import io.dsrbroker.job.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ValidationTests extends ApiTestCase {

    /** A valid request with one value set, or removed where it is empty; refused at these places. */
    private record Wrong(String pointer, String value, List<String> at) {}

    private static final String VALID = """
            {"type": "EXPORT", "externalId": "p", "regulation": "CCPA", "receivedAt": "2026-01-02T03:04:05Z",
             "subject": {"galleryAuthorId": "%s", "objectId": "7F2A1C7E-0d0c-4a6b-9a55-0f8f5f4a1b2c",
                         "email": "first.last@example.com"},
             "secrets": {"dataLabAccessToken": "abc"},
             "verification": {"method": "id", "verifiedBy": "desk", "verifiedAt": "2026-01-02T03:04:05+01:00"},
             "targets": [
               {"name": "lab", "kind": "experimentation-account", "subscriptionId": "%s", "resourceGroup": "rg",
                "account": "lab", "workspace": "w", "project": "p", "location": "East US 2", "select": "ALL",
                "unknownOwner": "INCLUDE"},
               {"kind": "gallery-author"}],
             "callbackUrl": "https://portal.internal/dsr?x=1"}""".formatted(AUTHOR, SUBSCRIPTION);

    @Autowired
    SubmissionReader reader;

    private static Wrong wrong(String pointer, String value, String... at) {
        return new Wrong(pointer, value, at.length == 0 ? List.of(pointer) : List.of(at));
    }

    private static List<Wrong> wrongs() {
        return List.of(
                wrong("/type", ""),
                wrong("/type", "\"IMPORT\""),
                wrong("/type", "\"export\""),
                wrong("/type", "1"),
                wrong("/type", "null"),
                wrong("/extra", "1"),
                wrong("/ann@example.com", "1", ""),
                wrong("/exportFirst", "true"),
                wrong("/exportFirst", "\"false\""),
                wrong("/externalId", "\" \""),
                wrong("/externalId", "\"a\\u0000b\""),
                wrong("/externalId", "\"" + "x".repeat(256) + "\""),
                wrong("/externalId", "7"),
                wrong("/regulation", "\"LGPD\""),
                wrong("/receivedAt", "\"2999-01-01T00:00:00Z\""),
                wrong("/receivedAt", "\"2026-02-30T00:00:00Z\""),
                wrong("/receivedAt", "\"2026-02-03\""),
                wrong("/receivedAt", "\"0001-02-03T00:00:00Z\""),
                wrong("/receivedAt", "1767322800"),
                wrong("/subject", ""),
                wrong("/subject", "[]"),
                wrong("/subject", "{}"),
                wrong("/subject", "{\"email\": null}"),
                wrong("/subject/galleryAuthorId", "\"" + "a".repeat(64) + "\""),
                wrong("/subject/galleryAuthorId", "\"" + "A".repeat(63) + "\""),
                wrong("/subject/objectId", "\"1-2-3-4-5\""),
                wrong("/subject/email", "\"someone\""),
                wrong("/subject/email", "\"a b@example.com\""),
                wrong("/subject/email", "\"a@example\""),
                wrong("/subject/phone", "\"1\""),
                wrong("/secrets", "\"abc\""),
                wrong("/secrets/password", "\"abc\""),
                wrong("/secrets/dataLabAccessToken", "\"a\\r\\nb\""),
                wrong("/secrets/dataLabAccessToken", "\"\""),
                wrong(
                        "/verification",
                        "{}",
                        "/verification/method",
                        "/verification/verifiedBy",
                        "/verification/verifiedAt"),
                wrong("/verification/verifiedAt", "\"2999-01-01T00:00:00Z\""),
                wrong("/targets", "[]"),
                wrong("/targets", "{}"),
                wrong("/targets/0", "\"lab\""),
                wrong("/targets/0/kind", ""),
                wrong("/targets/0/kind", "\"database\""),
                wrong("/targets/0/kind", "\"EXPERIMENTATION_ACCOUNT\""),
                wrong("/targets/0/name", "\"..\""),
                wrong("/targets/0/name", "\"a/b\""),
                wrong("/targets/0/name", "\"gallery-author-2\""),
                wrong("/targets/1/name", "\"LAB\""),
                wrong("/targets/0/subscriptionId", ""),
                wrong("/targets/0/subscriptionId", "\"mine\""),
                wrong("/targets/0/resourceGroup", ""),
                wrong("/targets/0/resourceGroup", "\"..\""),
                wrong("/targets/0/account", "\"a/b\""),
                wrong("/targets/0/workspace", "\"" + "w".repeat(91) + "\""),
                wrong("/targets/0/location", "\"evil.example\""),
                wrong("/targets/0/select", "\"SOME\""),
                wrong("/targets/0/unknownOwner", "true"),
                wrong("/targets/0/colour", "\"red\""),
                wrong("/targets/1/select", "\"ALL\""),
                wrong("/targets/1/unknownOwner", "\"REVIEW\""),
                wrong("/targets/1/subscriptionId", "\"" + SUBSCRIPTION + "\""),
                wrong("/callbackUrl", "\"http://portal.internal/\""),
                wrong("/callbackUrl", "\"/relative\""),
                wrong("/callbackUrl", "\"https:///nowhere\""),
                wrong("/callbackUrl", "\"https://user:secret@portal/\""),
                wrong("/callbackUrl", "\"https://portal/ \""),
                wrong("/callbackUrl", "\"https://evil.example/\""),
                wrong("/callbackUrl", "\"https://portal.internal:8443/\""),
                wrong("/callbackUrl", "\"https://portal.internal.evil.example/\""),
                wrong("/callbackUrl", "\"https://one.portals.internal/\""));
    }

    @TestFactory
    Stream<DynamicTest> refusesEachWrongValueAtItsPlace() {
        return wrongs().stream()
                .map(wrong -> DynamicTest.dynamicTest(
                        wrong.pointer() + " = "
                                + wrong.value()
                                        .substring(0, Math.min(40, wrong.value().length())),
                        () -> {
                            var answer = submit(with(wrong.pointer(), wrong.value()));
                            assertProblem(answer, 422, "validation");
                            assertThat(json(answer).get("errors").findValuesAsString("pointer"))
                                    .containsExactlyInAnyOrderElementsOf(wrong.at());
                            assertThat(answer.body()).doesNotContain("ann@example.com", "user:", "evil", "2999");
                        }));
    }

    private static String with(String pointer, String value) {
        JsonNode body = JSON.readTree(VALID);
        int slash = pointer.lastIndexOf('/');
        String name = pointer.substring(slash + 1);
        JsonNode parent = body.at(pointer.substring(0, slash));
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), JSON.readTree(value));
        } else if (value.isEmpty()) {
            ((ObjectNode) parent).remove(name);
        } else {
            ((ObjectNode) parent).set(name, JSON.readTree(value));
        }
        return JSON.writeValueAsString(body);
    }

    @Test
    void acceptsARequestWithEverything() {
        var answer = submit(VALID);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode view = json(answer);
        assertThat(view.get("receivedAt").stringValue()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(view.get("dueAt").stringValue()).isEqualTo("2026-02-16T23:59:59Z");
        assertThat(view.at("/targets/0/select").stringValue()).isEqualTo("ALL");
        assertThat(view.at("/targets/1/name").stringValue()).isEqualTo("gallery-author-2");
        assertThat(answer.body()).doesNotContain("first.last", AUTHOR, "abc");
    }

    @Test
    void tellsEverythingAtOnce() {
        var answer = submit("""
                {"type": "NOTHING", "subject": {"email": "x"}, "targets": [{"kind": "hosting-account"}], "more": 1}""");
        assertProblem(answer, 422, "validation");
        assertThat(json(answer).get("errors").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder(
                        "/type",
                        "/subject/email",
                        "/targets/0/subscriptionId",
                        "/targets/0/resourceGroup",
                        "/targets/0/account",
                        "/more");
    }

    @Test
    void deleteNeedsVerification() {
        var answer = submit("""
                {"type": "DELETE", "exportFirst": true, "subject": {"email": "a@example.com"}}""");
        assertProblem(answer, 422, "validation");
        assertThat(json(answer).get("errors").findValuesAsString("pointer")).containsExactly("/verification");
    }

    @Test
    void deleteWithVerificationIsRead() {
        Submission submission = reader.read(Body.of("""
                {"type": "DELETE", "exportFirst": true, "subject": {"email": "a@example.com"},
                 "verification": {"method": "id", "verifiedBy": "desk", "verifiedAt": "2026-01-02T03:04:05Z"}}""".getBytes(StandardCharsets.UTF_8)));
        assertThat(submission.type()).isEqualTo(RequestType.DELETE);
        assertThat(submission.exportFirst()).isTrue();
        assertThat(submission.verification())
                .isEqualTo(new Verification("id", "desk", Instant.parse("2026-01-02T03:04:05Z")));
    }

    @Test
    void halfASurrogatePairIsNoText() {
        var answer = submit(EXPORT.replace("portal-1", "a\\ud800b"));
        assertProblem(answer, 422, "validation");
        assertThat(json(answer).get("errors").findValuesAsString("pointer")).containsExactly("/externalId");
    }

    @Test
    void bodyMustBeAnObject() {
        for (String body : List.of("[]", "null", "1", "\"x\"")) {
            assertProblem(submit(body), 422, "validation");
        }
    }

    @Test
    void withoutTargetsAndEstateThereIsNowhereToLook() {
        estate.targets().forEach(target -> estate.remove(String.valueOf(target.name()), Caller.SYSTEM));
        var answer = submit("""
                {"type": "EXPORT", "subject": {"email": "a@example.com"}}""");
        assertProblem(answer, 422, "no-targets");
    }

    @Test
    void defaultsAreFilledIn() {
        JsonNode view = json(submit("""
                {"type": "EXPORT", "subject": {"objectId": "7F2A1C7E-0D0C-4A6B-9A55-0F8F5F4A1B2C"},
                 "targets": [{"kind": "subscription", "subscriptionId": "%s"}]}""".formatted(SUBSCRIPTION)));
        assertThat(view.get("regulation").stringValue()).isEqualTo("GDPR");
        assertThat(view.at("/targets/0/select").stringValue()).isEqualTo("OWNED");
        assertThat(view.at("/targets/0/unknownOwner").stringValue()).isEqualTo("REVIEW");
        assertThat(view.at("/targets/0/name").stringValue()).isEqualTo("subscription-1");
        assertThat(view.get("receivedAt").stringValue())
                .isLessThanOrEqualTo(view.get("createdAt").stringValue());
    }
}
