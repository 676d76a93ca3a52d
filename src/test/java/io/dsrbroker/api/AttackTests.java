package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Values that want to be more than values. */
class AttackTests extends ApiTestCase {

    private static ObjectNode export() {
        return (ObjectNode) JSON.readTree(EXPORT);
    }

    private void assertRefused(ObjectNode request, String pointer) {
        var answer = submit(request.toString());
        assertProblem(answer, 422, "validation");
        assertThat(json(answer).get("errors").findValuesAsString("pointer")).containsExactly(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' or 1 eq 1 or author/id eq '",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%27+",
                "\uff21AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "../../users/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void authorIdIsNothingButHexDigits(String id) {
        ObjectNode request = export();
        request.putObject("subject").put("galleryAuthorId", id);
        assertRefused(request, "/subject/galleryAuthorId");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\r\nSet-Cookie: a=b", "\n", "\r", "\u0085", "\u2028", "\u2029", "\u001b[2K", "\u0000", "\u009b"
            })
    void namesHoldNothingThatEndsALineOrSteersATerminal(String evil) {
        assertRefused(export().put("externalId", "a" + evil + "b"), "/externalId");
        ObjectNode mail = export();
        mail.putObject("subject").put("email", "a" + evil + "b@example.com");
        assertRefused(mail, "/subject/email");
        ObjectNode domain = export();
        domain.putObject("subject").put("email", "ab@exam" + evil + "ple.com");
        assertRefused(domain, "/subject/email");
        ObjectNode named = export();
        ((ObjectNode) named.at("/targets/0")).put("name", "a" + evil + "b");
        assertRefused(named, "/targets/0/name");
        ObjectNode secret = export();
        secret.putObject("secrets").put("dataLabAccessToken", "a" + evil + "b");
        assertRefused(secret, "/secrets/dataLabAccessToken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a/b", "a\\b", "a%2fb", "\u2215", "..\u2215..", "a b", "a:b"})
    void nameOfATargetIsNoPath(String name) {
        ObjectNode named = export();
        ((ObjectNode) named.at("/targets/0")).put("name", name);
        assertRefused(named, "/targets/0/name");
    }

    @Test
    void keyOfARequestComesBackInNoHeader() {
        var answer = submit(EXPORT, "a; Set-Cookie: b=c" + UUID.randomUUID());
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().map().toString()).doesNotContain("b=c");
    }

    @Test
    void jsonIsThirtyTwoDeepAtMost() {
        assertProblem(submit("{\"a\": " + "[".repeat(31) + "]".repeat(31) + "}"), 422, "validation");
        assertProblem(submit("{\"a\": " + "[".repeat(32) + "]".repeat(32) + "}"), 400, "malformed-json");
        assertProblem(submit("{\"a\":".repeat(33) + "1" + "}".repeat(33)), 400, "malformed-json");
    }

    @Test
    void numbersAndNamesAreBounded() {
        assertProblem(submit("{\"a\": " + "9".repeat(101) + "}"), 400, "malformed-json");
        assertProblem(submit("{\"a\": 1e" + "9".repeat(20) + "}"), 400, "malformed-json");
        assertProblem(submit("{\"" + "a".repeat(60_000) + "\": 1}"), 400, "malformed-json");
    }

    @Test
    void answerIsNotMuchLongerThanTheBodyThatItAnswers() {
        String body = IntStream.range(0, 6000)
                .mapToObj(number -> "\"a" + number + "\":1")
                .collect(Collectors.joining(",", "{", "}"));
        var answer = submit(body);
        assertProblem(answer, 422, "validation");
        assertThat(json(answer).get("errors").size()).isEqualTo(100);
    }

    @Test
    void requestHasAHundredTargetsAtMost() {
        for (int count : List.of(100, 101)) {
            ObjectNode request = export();
            var targets = request.putArray("targets");
            IntStream.range(0, count)
                    .forEach(number ->
                            targets.addObject().put("kind", "gallery-author").put("name", "t" + number));
            if (count == 100) {
                assertThat(submit(request.toString()).statusCode()).isEqualTo(202);
            } else {
                assertRefused(request, "/targets");
            }
        }
    }
}
