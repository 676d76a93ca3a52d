package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import io.dsrbroker.support.SignedInPerson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The console lets nobody see or do what the API would not: the same calls, scope by scope. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleAccessTests {

    private static final String ID = "01990000-0000-7000-8000-000000000000";
    private static final List<String> SCOPES =
            List.of("openid", "dsr.create", "dsr.read", "dsr.approve", "dsr.operate", "dsr.download", "dsr.audit");

    private final DeleteStory story = DeleteStory.withConsole(EstateSpec.small()
            .withHostingAccounts(2, 1, 0)
            .withLabs(0, 0, 0)
            .withRuns(0, 0, 0)
            .withCompute(0, 0));

    @AfterAll
    void close() {
        story.close();
    }

    /** A call of the console. */
    private record Call(String method, String path) {

        /** The call of the API whose scope it takes. */
        Call inApi() {
            String same = path.replace("/console", "/api/v1");
            return new Call(method, same.contains("/evidence/") ? same.replaceAll("/evidence/.*", "/retry") : same);
        }
    }

    private List<Call> everyCall() {
        List<Call> calls = new ArrayList<>();
        story.broker()
                .bean(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, handler) -> {
                    if (handler.getBeanType().getPackageName().equals("io.dsrbroker.console")) {
                        mapping.getPatternValues()
                                .forEach(pattern -> mapping.getMethodsCondition()
                                        .getMethods()
                                        .forEach(method -> calls.add(new Call(
                                                method.name(),
                                                pattern.replaceAll("\\{(id|taskId)}", ID)
                                                        .replaceAll("\\{[^}]+}", "lab")))));
                    }
                });
        return calls.stream().distinct().toList();
    }

    private boolean refusedByApi(Call call, String scope) {
        Call same = call.inApi();
        Portal portal = story.broker().portal("ann", scope);
        String path = same.path().substring("/api/v1".length());
        boolean evidence = call.path().contains("/evidence/");
        Portal.Answer answer = same.method().equals("POST") || evidence ? portal.post(path, "{}") : portal.get(path);
        return answer.status() == 403 && answer.json().get("type").asString().equals("/problems/forbidden");
    }

    @Test
    void consoleRefusesWhatTheApiRefuses() {
        List<Call> calls = everyCall();
        assertThat(calls).hasSizeGreaterThan(20);
        Map<String, List<String>> different = new TreeMap<>();
        for (String scope : SCOPES) {
            story.issuer().limitNextSignIn(scope);
            SignedInPerson person = SignedInPerson.at(story.url(), "ann");
            for (Call call : calls) {
                int status = person.send(call.method(), call.path(), Map.of()).statusCode();
                assertThat(status).as("%s with %s", call, scope).isNotIn(302, 500);
                if ((status == 403) != refusedByApi(call, scope)) {
                    different
                            .computeIfAbsent(call.toString(), any -> new ArrayList<>())
                            .add(scope + " " + status);
                }
            }
        }
        assertThat(different).isEmpty();
    }

    @Test
    void nobodySeesAnythingWithoutSigningIn() {
        SignedInPerson nobody = SignedInPerson.nobody(story.url());
        for (Call call : everyCall()) {
            var answer = nobody.send(call.method(), call.path(), Map.of());
            if (call.method().equals("GET")) {
                assertThat(answer.statusCode()).as(call.toString()).isEqualTo(302);
                assertThat(answer.headers().firstValue("Location").orElse("")).contains("/console/oauth2/");
            } else {
                assertThat(answer.statusCode()).as(call.toString()).isEqualTo(403);
                assertThat(answer.body()).contains("Your session has ended");
            }
        }
    }

    @Test
    void formsOfOthersAreRefused() {
        Place hosting = story.hosting();
        String id = story.planned(DeleteStory.all(DeleteStory.somebody("Forged"), hosting));
        SignedInPerson officer = SignedInPerson.at(story.url(), "privacy-officer");
        String hash = story.plan(id).hash();
        Map<String, String> form = Map.of("typed", id, "planHash", hash);
        var forged = officer.sendWithoutToken("POST", "/console/requests/" + id + "/approval", form);
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(story.stageOf(id)).isEqualTo("AWAITING_APPROVAL");
        SignedInPerson desk = SignedInPerson.at(story.url(), "privacy-desk");
        var same = desk.send("POST", "/console/requests/" + id + "/approval", form);
        assertThat(same.statusCode()).isEqualTo(403);
        assertThat(story.stageOf(id)).isEqualTo("AWAITING_APPROVAL");
        var approved = officer.send("POST", "/console/requests/" + id + "/approval", form);
        assertThat(approved.statusCode()).isEqualTo(302);
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
        // The second of two clicks finds nothing to approve.
        assertThat(officer.send("POST", "/console/requests/" + id + "/approval", form)
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void restrictedClientSeesAndTouchesOnlyWhatItSent() {
        try (DeleteStory restricted = DeleteStory.of(
                Estate.generate(
                        EstateSpec.small()
                                .withHostingAccounts(1, 1, 0)
                                .withLabs(0, 0, 0)
                                .withRuns(0, 0, 0)
                                .withCompute(0, 0),
                        ExportStory.SUBJECT),
                Map.of(
                        "dsr.console.client-id",
                        "dsr-console",
                        "dsr.clients[0].name",
                        "dsr-console",
                        "dsr.clients[0].targets[0].kind",
                        "gallery-author"))) {
            String id = restricted.planned(DeleteStory.all(DeleteStory.somebody("Portals"), restricted.hosting()));
            SignedInPerson officer = SignedInPerson.at(restricted.url(), "privacy-officer");
            assertThat(officer.send("GET", "/console/requests", Map.of()).body())
                    .doesNotContain(id);
            for (String path : List.of("", "/plan", "/resources", "/audit", "/receipt", "/package")) {
                assertThat(officer.send("GET", "/console/requests/" + id + path, Map.of())
                                .statusCode())
                        .as(path)
                        .isEqualTo(404);
            }
            var approval = officer.send(
                    "POST",
                    "/console/requests/" + id + "/approval",
                    Map.of("typed", id, "planHash", restricted.plan(id).hash()));
            assertThat(approval.statusCode()).isEqualTo(404);
            assertThat(restricted.stageOf(id)).isEqualTo("AWAITING_APPROVAL");
            assertThat(officer.send("GET", "/console/lanes", Map.of()).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void sessionEndsWithItsAccessToken() {
        story.issuer().limitNextSignIn(Issuer.ALL_SCOPES, 3);
        SignedInPerson person = SignedInPerson.at(story.url(), "ann");
        assertThat(person.send("GET", "/console/requests", Map.of()).statusCode())
                .isEqualTo(200);
        Awaitility.await()
                .untilAsserted(() -> assertThat(person.send("GET", "/console/requests", Map.of())
                                .statusCode())
                        .isEqualTo(302));
    }

    @Test
    void sessionsHoldNoToken() {
        SignedInPerson person = SignedInPerson.at(story.url(), "ann");
        assertThat(person.send("GET", "/console/requests", Map.of()).statusCode())
                .isEqualTo(200);
        List<String> kept = story.broker()
                .bean(JdbcClient.class)
                .sql("select attribute_bytes from spring_session_attributes"
                        + " where attribute_name = 'SPRING_SECURITY_CONTEXT'")
                .query((row, number) ->
                        new String(Objects.requireNonNull(row.getBytes(1)), StandardCharsets.ISO_8859_1))
                .list();
        assertThat(kept)
                .isNotEmpty()
                .allSatisfy(
                        session -> assertThat(session).contains("ConsoleUser").doesNotContain("eyJ"));
    }
}
