package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApiDescriptionTests extends ApiTestCase {

    @Test
    void everyCallHasASummaryADescriptionAndItsProblems() {
        JsonNode paths = json(get("/v3/api-docs").send()).get("paths");
        assertThat(paths.propertyNames())
                .contains("/api/v1/requests", "/api/v1/requests/{id}/package", "/api/v1/targets/{name}")
                .doesNotContain("/error");
        paths.forEach(path -> path.forEach(operation -> {
            String name = operation.path("operationId").asString();
            if (name.equals("getKeys")) {
                assertThat(operation.get("security")).isEmpty();
                assertThat(operation.get("responses").propertyNames()).containsExactly("200", "429", "500");
                return;
            }
            assertThat(operation.path("summary").asString()).as(name).isNotBlank();
            assertThat(operation.path("description").asString()).as(name).contains("Scope: dsr.");
            assertThat(operation.get("responses").propertyNames()).as(name).contains("401", "403", "500", "503");
            assertThat(operation.at("/responses/401/content").propertyNames())
                    .containsExactly("application/problem+json");
        }));
    }

    @Test
    void describesTheBodyAndTheAnswersOfASubmission() {
        JsonNode document = json(get("/v3/api-docs").send());
        JsonNode submit = document.at("/paths/~1api~1v1~1requests/post");
        assertThat(submit.at("/requestBody/content/application~1json/schema/$ref")
                        .asString())
                .endsWith("/NewRequest");
        assertThat(submit.at("/requestBody/content/application~1json/examples")).isNotEmpty();
        assertThat(submit.at("/responses/202/content/application~1json/schema/$ref")
                        .asString())
                .endsWith("/RequestView");
        assertThat(submit.get("responses").propertyNames())
                .containsExactlyInAnyOrder("202", "400", "401", "403", "409", "413", "415", "422", "429", "500", "503");
        assertThat(submit.at("/responses/422/content/application~1problem+json/examples")
                        .propertyNames())
                .containsExactlyInAnyOrder("validation", "idempotency-key-reused", "no-targets");
        assertThat(submit.at("/responses/409/content/application~1problem+json/examples/active-delete-exists/value")
                        .propertyNames())
                .contains("requestId");
        assertThat(submit.get("parameters")).hasSize(1);
        JsonNode resources = document.at("/paths/~1api~1v1~1requests~1{id}~1resources/get/parameters");
        assertThat(resources.findValuesAsString("name"))
                .containsExactlyInAnyOrder("id", "limit", "cursor", "kind", "state", "type", "target");
    }

    @Test
    void describesTheBodyAndTheAnswersOfAnApproval() {
        JsonNode approve = json(get("/v3/api-docs").send()).at("/paths/~1api~1v1~1requests~1{id}~1approval/post");
        assertThat(approve.at("/requestBody/content/application~1json/schema/$ref")
                        .asString())
                .endsWith("/NewApproval");
        assertThat(approve.at("/responses/200/content/application~1json/schema/$ref")
                        .asString())
                .endsWith("/RequestView");
        JsonNode conflicts = approve.at("/responses/409/content/application~1problem+json/examples");
        assertThat(conflicts.propertyNames()).containsExactlyInAnyOrder("wrong-stage", "plan-changed");
        assertThat(conflicts.at("/plan-changed/value/planHash").asString()).hasSize(64);
    }

    @Test
    void describesAPlan() {
        JsonNode document = json(get("/v3/api-docs").send());
        JsonNode plan = document.at("/paths/~1api~1v1~1requests~1{id}~1plan/get");
        assertThat(plan.get("description").asString()).contains("SHA-256", "RFC 8785", "keyed hash");
        assertThat(plan.at("/responses/200/content/application~1json/schema/$ref")
                        .asString())
                .endsWith("/PlanPage");
        assertThat(document.at("/components/schemas/PlanPage/properties").propertyNames())
                .containsExactlyInAnyOrder(
                        "planHash", "createdAt", "summary", "difference", "outOfScope", "items", "next");
    }

    @Test
    void withoutAnIdentityProviderATokenIsPasted() {
        JsonNode scheme = json(get("/v3/api-docs").send()).at("/components/securitySchemes/token");
        assertThat(scheme.get("scheme").asString()).isEqualTo("bearer");
    }

    @Test
    void withAnIdentityProviderSwaggerSignsIn() {
        var scheme = Objects.requireNonNull(new ApiDescription()
                .openApi(new OpenApiProperties("https://id.example/authorize", "https://id.example/token"))
                .getComponents()
                .getSecuritySchemes()
                .get("token"));
        var flow = scheme.getFlows().getAuthorizationCode();
        assertThat(flow.getAuthorizationUrl()).isEqualTo("https://id.example/authorize");
        assertThat(flow.getTokenUrl()).isEqualTo(flow.getRefreshUrl()).isEqualTo("https://id.example/token");
        assertThat(flow.getScopes()).containsKeys("dsr.create", "dsr.read", "dsr.download");
    }
}
