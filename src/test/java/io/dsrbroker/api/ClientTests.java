package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.job.Caller;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

@TestPropertySource(
        properties = {
            "dsr.clients[0].name=Models",
            "dsr.clients[0].targets[0].kind=hosting-account",
            "dsr.clients[0].targets[0].subscription-id=" + ApiTestCase.SUBSCRIPTION,
            "dsr.clients[0].targets[0].resource-group=RG",
            "dsr.clients[0].targets[1].kind=gallery-author",
            "dsr.clients[1].name=twin",
            "dsr.clients[1].targets[0].kind=hosting-account",
            "dsr.clients[2].name=none",
            "dsr.clients[2].targets[0].kind=gallery-author",
        })
class ClientTests extends ApiTestCase {

    private static final String MODELS = target("hosting-account", "rg", "models");
    private static final String OTHERS = target("hosting-account", "finance", "models");
    private static final String GALLERY = "{\"kind\": \"gallery-author\"}";

    @BeforeEach
    void emptyEstate() {
        estate.targets().forEach(target -> estate.remove(String.valueOf(target.name()), Caller.SYSTEM));
    }

    private static String target(String kind, String group, String account) {
        return """
                {"kind": "%s", "subscriptionId": "%s", "resourceGroup": "%s", "account": "%s"}""".formatted(kind, SUBSCRIPTION, group, account);
    }

    private static String token(@Nullable String client) {
        return token("mia", client);
    }

    private static String token(String sub, @Nullable String client) {
        return Tokens.with(claims -> claims.subject(sub)
                .claim("azp", client)
                .claim("scope", "dsr.create dsr.read dsr.approve dsr.operate dsr.download dsr.audit"));
    }

    private static String export(String author, String... targets) {
        return "{\"type\": \"EXPORT\", \"subject\": {\"galleryAuthorId\": \"" + author + "\"}, \"targets\": ["
                + String.join(", ", targets) + "]}";
    }

    private HttpResponse<String> send(String token, String body) {
        return post("/api/v1/requests", body)
                .as(token)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .send();
    }

    private String sent(String token, String... targets) {
        HttpResponse<String> answer = send(token, export(AUTHOR, targets));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return json(answer).get("id").stringValue();
    }

    @Test
    void onlyRequestsForAllowedTargetsAreTaken() {
        String restricted = token("Models");
        sent(restricted, MODELS, GALLERY);
        HttpResponse<String> refused = send(restricted, export(AUTHOR, MODELS, OTHERS, GALLERY, OTHERS));
        assertProblem(refused, 403, "target-not-allowed");
        assertThat(json(refused).get("errors").findValuesAsString("pointer"))
                .containsExactly("/targets/1", "/targets/3");
        String wider = "{\"kind\": \"subscription\", \"subscriptionId\": \"" + SUBSCRIPTION + "\"}";
        assertProblem(send(restricted, export(AUTHOR, wider)), 403, "target-not-allowed");
        assertProblem(
                send(restricted, export(AUTHOR, target("experimentation-account", "rg", "models"))),
                403,
                "target-not-allowed");
        sent(token("portal"), OTHERS, wider);
    }

    @Test
    void tokenThatNamesNoClientCanBeRestrictedToo() {
        String restricted = token(null);
        sent(restricted, GALLERY);
        assertProblem(send(restricted, export(AUTHOR, MODELS)), 403, "target-not-allowed");
        assertProblem(get("/api/v1/lanes").as(restricted).send(), 403, "forbidden");
    }

    @Test
    void requestForTheEstateIsRefusedUnlessAllOfItIsAllowed() {
        String everywhere = "{\"type\": \"EXPORT\", \"subject\": {\"galleryAuthorId\": \"" + AUTHOR + "\"}}";
        put("models", MODELS, token("portal"));
        assertThat(send(token("Models"), everywhere).statusCode()).isEqualTo(202);
        put("finance", OTHERS, token("portal"));
        HttpResponse<String> refused = send(token("Models"), everywhere);
        assertProblem(refused, 403, "target-not-allowed");
        assertThat(json(refused).get("errors").findValuesAsString("pointer")).containsExactly("/targets");
        assertThat(send(token("portal"), everywhere).statusCode()).isEqualTo(202);
    }

    @Test
    void listShowsOwnRequestsInWholePages() {
        String restricted = token("twin");
        List<String> own = new ArrayList<>();
        for (int request = 0; request < 5; request++) {
            own.addFirst(sent(restricted, OTHERS));
            sent(token("portal"), OTHERS);
            sent(token("Models"), MODELS);
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page =
                    json(get("/api/v1/requests?limit=2" + cursor).as(restricted).send());
            assertThat(page.get("items").size()).isEqualTo(++pages < 3 ? 2 : 1);
            seen.addAll(page.get("items").findValuesAsString("id"));
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").stringValue();
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactlyElementsOf(own);
        assertThat(json(get("/api/v1/requests?limit=500").as(token("portal")).send())
                        .get("items")
                        .findValuesAsString("id"))
                .containsAll(own);
    }

    @Test
    void requestOfAnotherClientIsLikeAnUnknownOne() {
        String job = sent(token("portal"), MODELS);
        String restricted = token("Models");
        String unknown = UUID.randomUUID().toString();
        for (String path : List.of("", "/resources", "/plan", "/package", "/audit", "/events")) {
            var foreign = get("/api/v1/requests/" + job + path).as(restricted).send();
            var missing =
                    get("/api/v1/requests/" + unknown + path).as(restricted).send();
            assertProblem(foreign, 404, "not-found");
            assertThat(json(foreign).get("detail").stringValue().replace(job, "x"))
                    .isEqualTo(json(missing).get("detail").stringValue().replace(unknown, "x"));
        }
        assertProblem(
                post("/api/v1/requests/" + job + "/hold", "{\"reason\": \"a test\"}")
                        .as(restricted)
                        .send(),
                404,
                "not-found");
        assertThat(json(get("/api/v1/requests/" + job).as(token("portal")).send())
                        .get("onHold")
                        .booleanValue())
                .isFalse();
        String own = sent(restricted, MODELS);
        assertThat(get("/api/v1/requests/" + own)
                        .as(token("another person", "Models"))
                        .send()
                        .statusCode())
                .isEqualTo(200);
        assertProblem(get("/api/v1/requests/lab").as(restricted).send(), 400, "invalid-parameter");
        assertProblem(get("/api/v1/requests/%20" + job).as(restricted).send(), 404, "not-found");
    }

    @Test
    void conflictTellsNobodyOfTheRequestOfAnotherClient() {
        String author = "E".repeat(64);
        String body = export(author, MODELS)
                .replace("EXPORT", "DELETE")
                .replaceFirst(
                        "\\{",
                        "{\"verification\": {\"method\": \"id\", \"verifiedBy\": \"desk\","
                                + " \"verifiedAt\": \"2026-01-01T00:00:00Z\"}, ");
        HttpResponse<String> first = send(token("portal"), body);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        String id = json(first).get("id").stringValue();
        HttpResponse<String> hidden = send(token("Models"), body);
        assertProblem(hidden, 409, "active-delete-exists");
        assertThat(hidden.body()).doesNotContain(id, "requestId");
        assertThat(send(token("portal"), body).body()).contains(id);
        jdbc.sql("update job set created_by_client = 'Models' where id = ?")
                .param(UUID.fromString(id))
                .update();
        assertThat(json(send(token("Models"), body)).get("requestId").stringValue())
                .isEqualTo(id);
    }

    @Test
    void retryTellsNobodyOfTheRequestOfAnotherClient() {
        String body = """
                {"type": "DELETE", "subject": {"galleryAuthorId": "%s"}, "targets": [%s],
                 "verification": {"method": "id", "verifiedBy": "desk", "verifiedAt": "2026-01-01T00:00:00Z"}}
                """.formatted("F".repeat(64), MODELS);
        HttpResponse<String> own = send(token("Models"), body);
        assertThat(own.statusCode()).as(own.body()).isEqualTo(202);
        UUID job = UUID.fromString(json(own).get("id").stringValue());
        jdbc.sql("update job set stage = 'FAILED', finished_at = now() where id = ?")
                .param(job)
                .update();
        jdbc.sql("update task set state = 'FAILED', reason = 'RETRIES_SPENT' where job_id = ?")
                .param(job)
                .update();
        jdbc.sql("delete from active_delete where job_id = ?").param(job).update();
        HttpResponse<String> other = send(token("portal"), body);
        assertThat(other.statusCode()).as(other.body()).isEqualTo(202);
        String foreign = json(other).get("id").stringValue();

        UUID task = jdbc.sql("select id from task where job_id = ? limit 1")
                .param(job)
                .query(UUID.class)
                .single();
        for (String retry : List.of("/retry", "/resources/" + task + "/retry")) {
            String path = "/api/v1/requests/" + job + retry;
            HttpResponse<String> hidden = call("POST", path).as(token("Models")).send();
            assertProblem(hidden, 409, "active-delete-exists");
            assertThat(hidden.body()).doesNotContain(foreign, "requestId");
            assertThat(call("POST", path).as(token("portal")).send().body()).contains(foreign);
        }
    }

    private HttpResponse<String> put(String name, String body, String token) {
        return call("PUT", "/api/v1/targets/" + name)
                .json("PUT", body)
                .as(token)
                .send();
    }

    @Test
    void registeredTargetsThatAreNotAllowedAreNotThere() {
        for (int number = 0; number < 4; number++) {
            put("a" + number, OTHERS, token("portal"));
            put("b" + number, MODELS, token("portal"));
        }
        String restricted = token("Models");
        JsonNode page = json(get("/api/v1/targets?limit=2").as(restricted).send());
        assertThat(page.get("items").findValuesAsString("name")).containsExactly("b0", "b1");
        page = json(get("/api/v1/targets?limit=2&cursor=" + page.get("next").stringValue())
                .as(restricted)
                .send());
        assertThat(page.get("items").findValuesAsString("name")).containsExactly("b2", "b3");
        assertThat(page.get("next").isNull()).isTrue();
        assertThat(get("/api/v1/targets/b0").as(restricted).send().statusCode()).isEqualTo(200);
        assertProblem(get("/api/v1/targets/a0").as(restricted).send(), 404, "not-found");
        assertProblem(call("DELETE", "/api/v1/targets/a0").as(restricted).send(), 404, "not-found");
        assertProblem(put("a0", MODELS, restricted), 404, "not-found");
        assertProblem(put("new", OTHERS, restricted), 403, "target-not-allowed");
        assertProblem(put("b0", OTHERS, restricted), 403, "target-not-allowed");
        assertThat(put("b0", MODELS, restricted).statusCode()).isEqualTo(200);
        assertThat(put("c0", MODELS, restricted).statusCode()).isEqualTo(201);
        assertThat(call("DELETE", "/api/v1/targets/c0").as(restricted).send().statusCode())
                .isEqualTo(204);
        assertThat(estate.find("a0").orElseThrow().resourceGroup()).isEqualTo("finance");
    }

    @Test
    void restrictedClientsHaveNothingToDoWithLanes() {
        assertProblem(get("/api/v1/lanes").as(token("Models")).send(), 403, "forbidden");
        assertProblem(
                post("/api/v1/lanes/gallery-catalog/pause", "{\"reason\": \"a test\"}")
                        .as(token("Models"))
                        .send(),
                403,
                "forbidden");
        assertThat(get("/api/v1/lanes").as(token("portal")).send().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Models", "models", "MODELS"})
    void upperAndLowerCaseMakeNoDifferenceToARestriction(String client) {
        assertProblem(send(token(client), export(AUTHOR, OTHERS)), 403, "target-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dsr.clients[0].name=x dsr.clients[0].targets[0].name=lab",
                "dsr.clients[0].name=x dsr.clients[0].targets[0].account=",
                "dsr.clients[0].name=x dsr.clients[0].targets=",
                "dsr.clients[0].name=x",
                "dsr.clients[0].targets[0].kind=gallery-author",
                "dsr.clients[0].name=x dsr.clients[0].targets[0].kind=hosting",
                "dsr.clients.portal.targets[0].kind=gallery-author",
                "dsr.clients.portal.example.targets[0].kind=gallery-author",
                "dsr.clients.api://portal.targets[0].kind=gallery-author",
                "dsr.clients[0].name=x dsr.clients[0].targets[0].kind=gallery-author dsr.clients[1].name=X"
                        + " dsr.clients[1].targets[0].kind=gallery-author",
            })
    void restrictionThatRestrictsNothingIsRefusedAtStart(String properties) {
        new ApplicationContextRunner()
                .withUserConfiguration(Properties.class, Clients.class)
                .withPropertyValues(properties.split(" "))
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void namesOfClientsMayHoldAnything() {
        new ApplicationContextRunner()
                .withUserConfiguration(Properties.class, Clients.class)
                .withPropertyValues(
                        "dsr.clients[0].name=api://Portal/app_1.example",
                        "dsr.clients[0].targets[0].kind=gallery-author")
                .run(context -> assertThat(context.getBean(Clients.class)
                                .restricted(new Caller("ann", "API://portal/app_1.EXAMPLE")))
                        .isTrue());
    }

    @Test
    void restrictionMayComeThroughTheEnvironment() {
        new ApplicationContextRunner()
                .withUserConfiguration(Properties.class, Clients.class)
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of(
                                        "DSR_CLIENTS_0_NAME", "11111111-2222-3333-4444-555555555555",
                                        "DSR_CLIENTS_0_TARGETS_0_KIND", "gallery-author"))))
                .run(context -> assertThat(context.getBean(Clients.class)
                                .restricted(new Caller("ann", "11111111-2222-3333-4444-555555555555")))
                        .isTrue());
    }

    @Test
    void restrictionByNameThroughTheEnvironmentIsRefused() {
        new ApplicationContextRunner()
                .withUserConfiguration(Properties.class, Clients.class)
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of("DSR_CLIENTS_PORTAL_A_TARGETS_0_KIND", "gallery-author"))))
                .run(context -> assertThat(context).hasFailed());
    }

    @EnableConfigurationProperties(ClientProperties.class)
    private static final class Properties {}
}
