package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** docs/openapi.yaml is what the broker serves, says something of everything, and what it says is so. */
class OpenApiDocumentTests extends ApiTestCase {

    private static final Path DOCUMENT = Path.of("docs/openapi.yaml");
    private static final String ALL =
            Tokens.of("ann", "dsr.create", "dsr.read", "dsr.approve", "dsr.operate", "dsr.download", "dsr.audit");

    @SuppressWarnings("NullAway.Init")
    private JsonNode document;

    @BeforeEach
    void read() {
        document = json(get("/v3/api-docs").send());
    }

    @Test
    void documentIsWhatTheBrokerServes() throws IOException {
        String served = get("/v3/api-docs.yaml").send().body();
        if (Boolean.getBoolean("dsr.docs.write")) {
            Files.writeString(DOCUMENT, served);
        }
        if (!Files.exists(DOCUMENT) || !Files.readString(DOCUMENT).equals(served)) {
            fail("docs/openapi.yaml is not what the broker serves: run"
                    + " mvn test -Dtest=OpenApiDocumentTests -Ddsr.docs.write=true to write it anew");
        }
    }

    @Test
    void everyFieldAndEveryParameterHasAMeaning() {
        List<String> silent = new ArrayList<>();
        document.at("/components/schemas").properties().forEach(model -> {
            if (!model.getValue().has("description")) {
                silent.add(model.getKey());
            }
            model.getValue().path("properties").properties().forEach(property -> {
                if (property.getValue().path("description").asString("").length() < 4) {
                    silent.add(model.getKey() + "." + property.getKey());
                }
            });
        });
        forEveryOperation((name, operation) -> operation.path("parameters").forEach(parameter -> {
            if (parameter.path("description").asString("").length() < 4) {
                silent.add(name + " " + parameter.path("name").asString());
            }
        }));
        assertThat(silent).isEmpty();
    }

    @Test
    void everyBodyHasAnExample() {
        List<String> without = new ArrayList<>();
        List<String> counted = new ArrayList<>();
        forEveryOperation((name, operation) -> {
            operation.at("/requestBody/content").properties().forEach(content -> {
                counted.add(name);
                if (content.getValue().path("examples").isEmpty()) {
                    without.add(name + " takes " + content.getKey());
                }
            });
            operation
                    .get("responses")
                    .properties()
                    .forEach(answer -> answer.getValue()
                            .path("content")
                            .properties()
                            .forEach(content -> {
                                counted.add(name);
                                // Bytes have no example that anybody could read.
                                if (!content.getKey().equals("application/zip")
                                        && content.getValue().path("examples").isEmpty()) {
                                    without.add(name + " answers " + answer.getKey() + " " + content.getKey());
                                }
                            }));
        });
        assertThat(counted).hasSizeGreaterThan(200);
        assertThat(without).isEmpty();
    }

    @Test
    void everyExampleIsAsItsSchemaSays() {
        List<String> wrong = new ArrayList<>();
        forEveryOperation((name, operation) -> {
            List<JsonNode> contents = new ArrayList<>();
            operation.at("/requestBody/content").forEach(contents::add);
            operation.get("responses").forEach(answer -> answer.path("content").forEach(contents::add));
            contents.forEach(content -> content.path("examples").properties().forEach(example -> {
                mistakes(content.get("schema"), example.getValue().get("value"))
                        .forEach(mistake -> wrong.add(name + " " + example.getKey() + ": " + mistake));
            }));
        });
        assertThat(wrong).isEmpty();
    }

    /** And has no field that the description does not know. */
    @Test
    void everyAnswerIsAsItsSchemaSays() {
        UUID job = submitted();
        String request = "/api/v1/requests/" + job;
        String resource = json(get(request + "/resources?kind=DISCOVER").as(ALL).send())
                .at("/items/0/taskId")
                .asString();
        estate.put(
                "described",
                new io.dsrbroker.job.Target(
                        "described",
                        io.dsrbroker.job.TargetKind.GALLERY_AUTHOR,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                io.dsrbroker.job.Caller.SYSTEM);
        try {
            for (List<String> call : List.of(
                    List.of("/api/v1/requests", "/api/v1/requests"),
                    List.of("/api/v1/requests/{id}", request),
                    List.of("/api/v1/requests/{id}/resources", request + "/resources?kind=DISCOVER"),
                    List.of("/api/v1/requests/{id}/resources/{taskId}", request + "/resources/" + resource),
                    List.of("/api/v1/requests/{id}/callbacks", request + "/callbacks"),
                    List.of("/api/v1/requests/{id}/audit", request + "/audit"),
                    List.of("/api/v1/audit", "/api/v1/audit"),
                    List.of("/api/v1/audit/checkpoints", "/api/v1/audit/checkpoints"),
                    List.of("/api/v1/audit/verification", "/api/v1/audit/verification"),
                    List.of("/api/v1/targets", "/api/v1/targets"),
                    List.of("/api/v1/targets/{name}", "/api/v1/targets/described"),
                    List.of("/api/v1/lanes", "/api/v1/lanes"),
                    List.of("/api/v1/catalogue", "/api/v1/catalogue"),
                    List.of("/.well-known/jwks.json", "/.well-known/jwks.json"))) {
                JsonNode answer = json(get(call.getLast()).as(ALL).send());
                JsonNode schema = document.get("paths")
                        .get(call.getFirst())
                        .at("/get/responses/200/content/application~1json/schema");
                assertThat(mistakes(closed(), schema, answer))
                        .as(call.getFirst())
                        .isEmpty();
            }
        } finally {
            estate.remove("described", io.dsrbroker.job.Caller.SYSTEM);
        }
    }

    private void forEveryOperation(BiConsumer<String, JsonNode> action) {
        document.get("paths")
                .forEach(path -> path.forEach(
                        operation -> action.accept(operation.get("operationId").asString(), operation)));
    }

    private List<String> mistakes(JsonNode schema, JsonNode value) {
        return mistakes(document.get("components"), schema, value);
    }

    private static List<String> mistakes(JsonNode components, JsonNode schema, JsonNode value) {
        ObjectNode whole = (ObjectNode) schema.deepCopy();
        whole.set("components", components);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole)
                .validate(value)
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    /** The schemas as if nobody might ever add a field. */
    private JsonNode closed() {
        JsonNode components = document.get("components").deepCopy();
        components.get("schemas").forEach(model -> {
            if (model.has("properties")) {
                ((ObjectNode) model).put("additionalProperties", false);
            }
        });
        return components;
    }
}
