package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.job.Acted;
import io.dsrbroker.job.Caller;
import io.dsrbroker.shared.JobId;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

class PlanAndActionsTests extends ApiTestCase {

    private static final String OPERATOR = Tokens.of("olga", "dsr.operate");
    private static final String AUDITOR = Tokens.of("aldo", "dsr.audit");
    private static final String NOBODY = "01990000-0000-7000-8000-000000000000";
    private static final String TASK = "01990000-0000-7000-8000-00000000000a";
    private static final String HASH = "a".repeat(64);

    /** The calls with a body, each with one that is valid. */
    private static final Map<String, String> VALID = Map.of(
            "approval",
            "{\"planHash\": \"" + HASH + "\"}",
            "denial",
            "{\"reason\": \"other\"}",
            "hold",
            "{\"reason\": \"x\"}",
            "release",
            "{\"reason\": \"x\"}",
            "cancellation",
            "{\"reason\": \"x\"}",
            "extension",
            "{\"reason\": \"x\", \"days\": 30}",
            "resources/" + TASK + "/confirmation",
            "{\"note\": \"x\", \"doneAt\": \"2026-01-02T03:04:05Z\", \"evidenceSha256\": \"" + HASH + "\"}");

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    /** A body that is refused at these places. */
    private record Wrong(String call, String body, List<String> at) {}

    private static Wrong wrong(String call, String body, String... at) {
        return new Wrong(call, body, List.of(at));
    }

    private static Stream<Wrong> wrongs() {
        String tooLong = "x".repeat(4001);
        String confirmation = "resources/" + TASK + "/confirmation";
        Stream<Wrong> particular = Stream.of(
                wrong("approval", "{}", "/planHash"),
                wrong("approval", "{\"planHash\": null}", "/planHash"),
                wrong("approval", "{\"planHash\": 1}", "/planHash"),
                wrong("approval", "{\"planHash\": \" \"}", "/planHash"),
                wrong("approval", "{\"planHash\": \"" + "a".repeat(256) + "\"}", "/planHash"),
                wrong("approval", "{\"planHash\": \"a\", \"comment\": \"\"}", "/comment"),
                wrong("approval", "{\"planHash\": \"a\", \"comment\": 1}", "/comment"),
                wrong("approval", "{\"planHash\": \"a\", \"exclude\": {}}", "/exclude"),
                wrong("approval", "{\"planHash\": \"a\", \"exclude\": [\"" + TASK + "\"]}", "/exclude/0"),
                wrong("approval", "{\"exclude\": [{}]}", "/planHash", "/exclude/0/taskId", "/exclude/0/reason"),
                wrong(
                        "approval",
                        "{\"planHash\": \"a\", \"exclude\": [{\"taskId\": \"1\", \"reason\": \" \", \"more\": 1}]}",
                        "/exclude/0/taskId",
                        "/exclude/0/reason",
                        "/exclude/0/more"),
                wrong(
                        "approval",
                        "{\"planHash\": \"a\", \"exclude\": [{\"taskId\": \"" + TASK + "\", \"reason\": \"x\"},"
                                + " {\"taskId\": \"" + NOBODY + "\", \"reason\": \"x\"},"
                                + " {\"taskId\": \"" + TASK.toUpperCase(java.util.Locale.ROOT)
                                + "\", \"reason\": \"y\"}]}",
                        "/exclude/2/taskId"),
                wrong("denial", "{}", "/reason"),
                wrong("denial", "{\"reason\": \"OTHER\"}", "/reason"),
                wrong("denial", "{\"reason\": \"boredom\"}", "/reason"),
                wrong("denial", "{\"reason\": 1, \"comment\": []}", "/reason", "/comment"),
                wrong("extension", "{}", "/reason", "/days"),
                wrong("extension", "{\"reason\": \"\", \"days\": 30}", "/reason"),
                wrong(confirmation, "{}", "/note", "/doneAt", "/evidenceSha256"),
                wrong(
                        confirmation,
                        "{\"note\": \" \", \"doneAt\": \"2999-01-01T00:00:00Z\", \"evidenceSha256\": \""
                                + "g".repeat(64) + "\"}",
                        "/note",
                        "/doneAt",
                        "/evidenceSha256"),
                wrong(
                        confirmation,
                        "{\"note\": 1, \"doneAt\": \"yesterday\", \"evidenceSha256\": \"abc\"}",
                        "/note",
                        "/doneAt",
                        "/evidenceSha256"));
        Stream<Wrong> days = Stream.of("0", "-1", "367", "1.5", "\"30\"", "true", "1e400", "99999999999", "[]")
                .map(number -> wrong("extension", "{\"reason\": \"x\", \"days\": " + number + "}", "/days"));
        Stream<Wrong> reasons = Stream.of("hold", "release", "cancellation")
                .flatMap(call -> Stream.of(
                        wrong(call, "{}", "/reason"),
                        wrong(call, "{\"reason\": 1}", "/reason"),
                        wrong(call, "{\"reason\": \" \"}", "/reason"),
                        wrong(call, "{\"reason\": \"" + tooLong + "\"}", "/reason")));
        Stream<Wrong> extras = VALID.entrySet().stream()
                .map(call -> wrong(
                        call.getKey(),
                        call.getValue().substring(0, call.getValue().length() - 1) + ", \"more\": 1}",
                        "/more"));
        return Stream.of(particular, days, reasons, extras).flatMap(each -> each);
    }

    private static String token(String call) {
        return Tokens.of("bob", call.equals("approval") || call.equals("denial") ? "dsr.approve" : "dsr.operate");
    }

    private HttpResponse<String> act(String request, String call, String body) {
        return post("/api/v1/requests/" + request + "/" + call, body)
                .as(token(call))
                .send();
    }

    @TestFactory
    Stream<DynamicTest> refusesEachWrongBodyAtItsPlaces() {
        String id = submitted().toString();
        return wrongs().map(wrong -> DynamicTest.dynamicTest(
                wrong.call() + " "
                        + wrong.body().substring(0, Math.min(60, wrong.body().length())),
                () -> {
                    HttpResponse<String> answer = act(id, wrong.call(), wrong.body());
                    assertProblem(answer, 422, "validation");
                    assertThat(json(answer).get("errors").findValuesAsString("pointer"))
                            .containsExactlyInAnyOrderElementsOf(wrong.at());
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyActionNeedsItsBodyAsJsonAndARequest() {
        return VALID.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
                    assertProblem(act(NOBODY, call.getKey(), call.getValue()), 404, "not-found");
                    assertProblem(act("17", call.getKey(), call.getValue()), 400, "invalid-parameter");
                    assertProblem(act(NOBODY, call.getKey(), "{"), 400, "malformed-json");
                    assertProblem(act(NOBODY, call.getKey(), ""), 400, "malformed-json");
                    assertProblem(act(NOBODY, call.getKey(), "[]"), 422, "validation");
                    String path = "/api/v1/requests/" + NOBODY + "/" + call.getKey();
                    assertProblem(
                            call("POST", path)
                                    .as(token(call.getKey()))
                                    .header("Content-Type", "text/plain")
                                    .body("POST", BodyPublishers.ofString(call.getValue()))
                                    .send(),
                            415,
                            "unsupported-media-type");
                }));
    }

    @Test
    void retriesNeedNoBodyAndNoMediaType() {
        for (String call : List.of("retry", "resources/" + TASK + "/retry")) {
            String path = "/api/v1/requests/" + NOBODY + "/" + call;
            assertProblem(call("POST", path).as(OPERATOR).send(), 404, "not-found");
            assertProblem(post(path, "{").as(OPERATOR).send(), 404, "not-found");
            assertProblem(
                    call("POST", path)
                            .as(OPERATOR)
                            .header("Content-Type", "text/plain")
                            .body("POST", BodyPublishers.ofString("again"))
                            .send(),
                    404,
                    "not-found");
        }
    }

    @Test
    void planOfNoRequestIsNotFound() {
        String reader = Tokens.of("rita", "dsr.read");
        String path = "/api/v1/requests/" + NOBODY + "/plan";
        assertProblem(get(path).as(reader).send(), 404, "not-found");
        assertProblem(get(path + "?limit=0").as(reader).send(), 400, "invalid-parameter");
        assertProblem(get(path + "?cursor=x").as(reader).send(), 400, "invalid-parameter");
    }

    @Test
    void auditComesInPagesOldestFirst() {
        UUID id = submitted();
        transaction.executeWithoutResult(status -> {
            for (int count = 1; count <= 3; count++) {
                events.publishEvent(
                        new Acted(new JobId(id), new Caller("bob", "portal"), "tested", Map.of("count", count)));
            }
            events.publishEvent(new Acted(new JobId(id), Caller.SYSTEM, "tested", Map.of("stage", "x")));
        });
        String path = "/api/v1/requests/" + id + "/audit";
        JsonNode all = json(get(path).as(AUDITOR).send());
        List<String> actions = all.get("items").findValuesAsString("action");
        assertThat(actions).endsWith("tested", "tested", "tested", "tested");
        int before = actions.size() - 4;
        JsonNode entry = all.get("items").get(before);
        assertThat(entry.propertyNames())
                .containsExactly("seq", "at", "actor", "action", "detail", "previousHash", "hash");
        assertThat(entry.get("seq").intValue()).isEqualTo(before + 1);
        assertThat(entry.at("/actor/sub").stringValue()).isEqualTo("bob");
        assertThat(entry.at("/actor/client").stringValue()).isEqualTo("portal");
        assertThat(entry.at("/detail/count").intValue()).isEqualTo(1);
        assertThat(all.at("/items/0/previousHash").stringValue()).isEqualTo("0".repeat(64));
        assertThat(all.get("items").get(before + 3).at("/actor/sub").stringValue())
                .isEqualTo("system");
        assertThat(all.get("next").isNull()).isTrue();

        HttpResponse<String> first =
                get(path + "?limit=" + (before + 3)).as(AUDITOR).send();
        assertThat(json(first).get("items")).hasSize(before + 3);
        String next = json(first).get("next").stringValue();
        assertThat(first.headers().firstValue("Link").orElse("")).contains("cursor=" + next);
        JsonNode rest = json(get(path + "?cursor=" + next).as(AUDITOR).send());
        assertThat(rest.get("items")).hasSize(1);
        assertThat(rest.at("/items/0/previousHash").stringValue())
                .isEqualTo(all.get("items").get(before + 2).get("hash").stringValue());
    }

    @Test
    void hashesCanBeComputedFromTheAnswer() {
        UUID id = submitted();
        transaction.executeWithoutResult(status -> events.publishEvent(new Acted(
                new JobId(id), new Caller("bob", null), "tested", Map.of("reason", "Ünïcode\n", "count", 3))));
        JsonNode items = json(get("/api/v1/requests/" + id + "/audit")
                        .as(AUDITOR)
                        .send())
                .get("items");
        JsonNode entry = items.get(items.size() - 1);
        String canonical = "{\"action\":\"tested\",\"actor\":{\"client\":null,\"sub\":\"bob\"},\"at\":\""
                + entry.get("at").stringValue()
                + "\",\"detail\":{\"count\":3,\"reason\":\"Ünïcode\\n\"},\"previousHash\":\""
                + entry.get("previousHash").stringValue() + "\",\"seq\":" + items.size() + "}";
        assertThat(entry.get("hash").stringValue()).isEqualTo(io.dsrbroker.shared.Digests.hex(canonical));
    }

    @Test
    void auditOfNoRequestIsNotFound() {
        String path = "/api/v1/requests/" + NOBODY + "/audit";
        assertProblem(get(path).as(AUDITOR).send(), 404, "not-found");
        assertProblem(get(path + "?cursor=x").as(AUDITOR).send(), 400, "invalid-parameter");
    }
}
