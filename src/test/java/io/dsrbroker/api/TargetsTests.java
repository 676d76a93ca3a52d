package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.job.Caller;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TargetsTests extends ApiTestCase {

    private static final String OPERATOR = Tokens.of("opal", "dsr.operate");
    private static final String ACCOUNT = """
            {"kind": "hosting-account", "subscriptionId": "%s", "resourceGroup": "rg", "account": "models"}""".formatted(SUBSCRIPTION);

    @BeforeEach
    void emptyEstate() {
        estate.targets().forEach(target -> estate.remove(String.valueOf(target.name()), Caller.SYSTEM));
    }

    private java.net.http.HttpResponse<String> put(String name, String body) {
        return call("PUT", "/api/v1/targets/" + name)
                .json("PUT", body)
                .as(OPERATOR)
                .send();
    }

    @Test
    void targetsAreRegisteredReplacedAndForgotten() {
        var created = put("models", ACCOUNT);
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).contains("/api/v1/targets/models");
        assertThat(put("models", ACCOUNT).statusCode()).isEqualTo(200);
        var kept = get("/api/v1/targets/models").as(OPERATOR).send();
        assertThat(kept.body()).isEqualTo(created.body());
        assertThat(json(kept).get("select").stringValue()).isEqualTo("OWNED");
        assertThat(json(kept).get("workspace").isNull()).isTrue();
        assertThat(put("models", kept.body()).statusCode()).isEqualTo(200);
        var removal = call("DELETE", "/api/v1/targets/models").as(OPERATOR);
        assertThat(removal.send().statusCode()).isEqualTo(204);
        assertProblem(call("DELETE", "/api/v1/targets/models").as(OPERATOR).send(), 404, "not-found");
        assertProblem(get("/api/v1/targets/models").as(OPERATOR).send(), 404, "not-found");
    }

    @Test
    void nameInThePathWins() {
        assertProblem(put("models", ACCOUNT.replace("{", "{\"name\": \"other\", ")), 422, "validation");
        assertThat(put("models", ACCOUNT.replace("{", "{\"name\": \"models\", "))
                        .statusCode())
                .isEqualTo(201);
        assertProblem(put("mo%20dels", ACCOUNT), 400, "invalid-parameter");
        assertProblem(put("models", "{\"kind\": \"hosting-account\"}"), 422, "validation");
        assertProblem(put("models", "{"), 400, "malformed-json");
    }

    @Test
    void listComesInPagesByName() {
        List.of("b", "a", "c").forEach(name -> put(name, ACCOUNT));
        JsonNode first = json(get("/api/v1/targets?limit=2").as(OPERATOR).send());
        assertThat(first.get("items").findValuesAsString("name")).containsExactly("a", "b");
        JsonNode second =
                json(get("/api/v1/targets?limit=2&cursor=" + first.get("next").stringValue())
                        .as(OPERATOR)
                        .send());
        assertThat(second.get("items").findValuesAsString("name")).containsExactly("c");
        assertThat(second.get("next").isNull()).isTrue();
    }

    @Test
    void requestWithoutTargetsGoesToAllOfThem() {
        put("models", ACCOUNT);
        put("gallery", "{\"kind\": \"gallery-author\"}");
        JsonNode view = json(submit("{\"type\": \"EXPORT\", \"subject\": {\"galleryAuthorId\": \"" + AUTHOR + "\"}}"));
        assertThat(view.get("targets").findValuesAsString("name")).containsExactly("gallery", "models");
    }
}
