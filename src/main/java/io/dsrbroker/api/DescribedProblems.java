package io.dsrbroker.api;

import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.models.ExternalDocumentation;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.DateTimeSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.media.UUIDSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/** Adds to every call the problems that it may answer, each with an example. */
final class DescribedProblems implements OperationCustomizer {

    private static final List<String> EVERYWHERE = List.of(
            "unauthenticated",
            "forbidden",
            "too-many-requests",
            "internal-error",
            "database-unavailable",
            "identity-provider-unavailable");
    private static final List<String> WITHOUT_A_TOKEN = List.of("too-many-requests", "internal-error");
    private static final List<String> WITH_A_BODY =
            List.of("malformed-json", "body-too-large", "unsupported-media-type", "validation");
    private static final int INSTANCE_LENGTH = "urn:uuid:".length() + 36;
    private static final String MEDIA_TYPE = "application/problem+json";

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        if (!handler.getBeanType().getPackage().equals(DescribedProblems.class.getPackage())) {
            return operation;
        }
        List<String> names = new ArrayList<>();
        if (Stream.of(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class))) {
            names.addAll(WITH_A_BODY);
        }
        AnswersProblems own = handler.getMethodAnnotation(AnswersProblems.class);
        if (own != null) {
            names.addAll(List.of(own.value()));
        }
        names.addAll(handler.hasMethodAnnotation(SecurityRequirements.class) ? WITHOUT_A_TOKEN : EVERYWHERE);
        names.forEach(name -> add(operation, ProblemExamples.of(name)));
        return operation;
    }

    private static void add(Operation operation, Problem problem) {
        ApiResponse response = operation
                .getResponses()
                .computeIfAbsent(
                        String.valueOf(problem.status()),
                        status -> new ApiResponse().description(problem.title()).content(new Content()));
        headers(problem)
                .forEach((name, description) -> response.addHeaderObject(
                        name, new Header().description(description).schema(header(name))));
        response.getContent()
                .computeIfAbsent(
                        MEDIA_TYPE, type -> new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")))
                .addExamples(
                        problem.name(), new Example().summary(problem.title()).value(ProblemExamples.body(problem)));
    }

    private static Map<String, String> headers(Problem problem) {
        if (problem.status() == 401) {
            return Map.of(HttpHeaders.WWW_AUTHENTICATE, "What is wrong with the access token (RFC 6750)");
        }
        if (problem.headers().containsHeader(HttpHeaders.RETRY_AFTER)) {
            return Map.of(
                    HttpHeaders.RETRY_AFTER,
                    problem.status() == 429
                            ? "How many whole seconds to wait"
                            : "How many whole seconds to wait, where the database is away");
        }
        return Map.of();
    }

    private static Schema<?> header(String name) {
        return name.equals(HttpHeaders.RETRY_AFTER) ? new IntegerSchema().minimum(BigDecimal.ONE) : new StringSchema();
    }

    static Schema<?> schema() {
        Schema<Object> problem = new ObjectSchema();
        problem.setDescription("What went wrong (RFC 9457). Some problems have further members, such as the stage.");
        problem.setExternalDocs(new ExternalDocumentation()
                .description("What every problem means and what to do about it")
                .url(ProblemPage.PATH));
        problem.setRequired(List.of("type", "title", "status", "detail", "instance"));
        problem.setProperties(new LinkedHashMap<>());
        members().forEach(problem::addProperty);
        return problem;
    }

    private static Map<String, Schema<?>> members() {
        Map<String, Schema<?>> members = new LinkedHashMap<>();
        members.put(
                "type", new StringSchema().description("`/problems/` and a stable name; it leads to a page about it"));
        members.put("title", new StringSchema().description("The same for all of this type"));
        members.put(
                "status",
                new IntegerSchema()
                        .minimum(BigDecimal.valueOf(400))
                        .maximum(BigDecimal.valueOf(599))
                        .description("The HTTP status"));
        members.put("detail", new StringSchema().description("What this occurrence is about"));
        members.put(
                "instance",
                new StringSchema()
                        .format("uri")
                        .maxLength(INSTANCE_LENGTH)
                        .description("Names this occurrence, as `urn:uuid:…`; the log has it too"));
        members.put(
                "errors",
                new ArraySchema()
                        .items(error())
                        .maxItems(InvalidBody.MOST)
                        .description("validation, no-targets, target-not-allowed: the fields at fault"));
        members.put("parameter", new StringSchema().description("invalid-parameter: its name"));
        members.put(
                "stage",
                reference(
                        "Stage",
                        "wrong-stage, plan-not-ready, package-not-ready, receipt-not-ready: where the request stands"));
        members.put("state", reference("TaskState", "wrong-state: where the resource stands"));
        members.put(
                "planHash",
                new StringSchema()
                        .pattern("^[0-9a-f]{64}$")
                        .maxLength(64)
                        .description("plan-changed: the hash of the plan as it is now"));
        members.put("requestId", new UUIDSchema().description("active-delete-exists: the delete that is under way"));
        members.put("request", new StringSchema().description("active-delete-exists: its path"));
        members.put("dueAt", new DateTimeSchema().description("extension-not-allowed: the deadline as it is"));
        return members;
    }

    private static Schema<?> error() {
        Schema<Object> error = new ObjectSchema();
        error.addProperty("pointer", new StringSchema().description("Where (RFC 6901)"));
        error.addProperty("detail", new StringSchema().description("What is wrong there"));
        error.setRequired(List.of("pointer", "detail"));
        return error;
    }

    private static Schema<?> reference(String model, String description) {
        Schema<?> schema = new Schema<>();
        schema.set$ref("#/components/schemas/" + model);
        schema.setDescription(description);
        return schema;
    }
}
