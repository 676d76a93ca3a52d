package io.dsrbroker.api;

import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.models.ExternalDocumentation;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/** Adds to every call the problems that it may answer, each with an example. */
final class DescribedProblems implements OperationCustomizer {

    private static final List<String> EVERYWHERE =
            List.of("unauthenticated", "forbidden", "too-many-requests", "internal-error", "database-unavailable");
    private static final List<String> WITHOUT_A_TOKEN = List.of("too-many-requests", "internal-error");
    private static final List<String> WITH_A_BODY =
            List.of("malformed-json", "body-too-large", "unsupported-media-type", "validation");
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
        response.getContent()
                .computeIfAbsent(
                        MEDIA_TYPE, type -> new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")))
                .addExamples(
                        problem.name(), new Example().summary(problem.title()).value(ProblemExamples.body(problem)));
    }

    static Schema<?> schema() {
        return new ObjectSchema()
                .description("What went wrong (RFC 9457). Some problems have further members, such as the stage.")
                .externalDocs(new ExternalDocumentation()
                        .description("What every problem means and what to do about it")
                        .url(ProblemPage.PATH))
                .addProperty(
                        "type",
                        new StringSchema().description("`/problems/` and a stable name; it leads to a page about it"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema().description("Names this occurrence; the log has it too"))
                .addProperty(
                        "errors",
                        new ArraySchema()
                                .items(new ObjectSchema()
                                        .addProperty("pointer", new StringSchema().description("RFC 6901"))
                                        .addProperty("detail", new StringSchema()))
                                .description("The fields at fault"));
    }
}
