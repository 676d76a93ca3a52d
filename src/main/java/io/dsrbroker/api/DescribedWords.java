package io.dsrbroker.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Adds what {@code openapi/words.yaml} says to the description, and puts it in an order that is the same at every start.
 *
 * <p>Words for what is not there are refused, so that the file cannot say what is no longer true.
 */
final class DescribedWords implements OpenApiCustomizer {

    private static final String COMPONENTS = "#/components/schemas/";
    private static final String PAGE = "Page";

    /** As long as a UUID is. */
    private static final int UUID_LENGTH = 36;

    /** As long as RFC 3339 gets with nanoseconds and an offset. */
    private static final int TIME_LENGTH = 35;

    /** What is told only of one thing by itself. */
    private static final Set<String> LEFT_OUT_IN_LISTS = Set.of("targets", "history");

    private final Words words = read();

    /** The file. */
    record Words(
            Map<String, Map<String, Object>> schemas,
            Map<String, Object> page,
            Map<String, Object> cursor,
            Map<String, Object> parameters,
            Map<String, String> answers,
            Map<String, Object> examples,
            Map<String, Map<String, Object>> differences) {}

    private static Words read() {
        try (InputStream in = new ClassPathResource("openapi/words.yaml").getInputStream()) {
            return new YAMLMapper().readValue(in, new TypeReference<Words>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void customise(OpenAPI api) {
        Map<String, Schema<?>> schemas = new TreeMap<>();
        api.getComponents().getSchemas().forEach(schemas::put);
        words.schemas().forEach((name, said) -> describeModel(name, there(schemas.get(name), name), said));
        schemas.forEach((name, schema) -> {
            if (isPage(name, schema)) {
                describePage(schema);
            }
            bound(schema);
        });
        api.getComponents().setSchemas(null);
        schemas.forEach(api.getComponents()::addSchemas);
        api.getPaths()
                .forEach((path, item) -> item.readOperations().forEach(operation -> describe(operation, schemas)));
        sort(api);
    }

    private static boolean isPage(String name, Schema<?> schema) {
        return name.startsWith(PAGE) && schema.getProperties().keySet().equals(Set.of("items", "next"));
    }

    private static void sort(OpenAPI api) {
        Paths paths = new Paths();
        new TreeMap<>(api.getPaths()).forEach(paths::addPathItem);
        api.setPaths(paths);
        List<Tag> tags = new ArrayList<>(api.getTags());
        tags.sort(Comparator.comparing(Tag::getName));
        api.setTags(tags);
    }

    private static void describeModel(String name, Schema<?> model, Map<String, Object> said) {
        model.setDescription(String.valueOf(said.get("description")));
        if (said.get("values") instanceof Map<?, ?> values) {
            Set<String> constants = new TreeSet<>();
            model.getEnum().forEach(constant -> constants.add(String.valueOf(constant)));
            Set<Object> told = new TreeSet<>(values.keySet());
            if (!told.equals(constants)) {
                throw new IllegalStateException(name + " has " + constants + ", but words for " + told);
            }
            StringBuilder text = new StringBuilder(model.getDescription()).append("\n");
            values.forEach((constant, meaning) ->
                    text.append("\n- `").append(constant).append("`: ").append(meaning));
            model.setDescription(text.toString());
        }
        if (said.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((property, meaning) ->
                    say(there(model.getProperties().get(property), name + "." + property), meaning));
        }
    }

    private void describePage(Schema<?> page) {
        page.setDescription(String.valueOf(words.page().get("description")));
        page.getProperties()
                .forEach((name, property) -> say(property, there(words.page().get(name), name)));
        say(there(page.getProperties().get("next"), "next"), words.cursor());
    }

    /** Sets what is said, and what holds, of a value. */
    private static void say(Schema<?> schema, @Nullable Object said) {
        if (said instanceof String text) {
            schema.setDescription(text);
            return;
        }
        if (!(said instanceof Map<?, ?> map)) {
            throw new IllegalStateException("Neither a text nor a map: " + said);
        }
        map.forEach((key, value) -> {
            switch (String.valueOf(key)) {
                case "description" -> schema.setDescription(String.valueOf(value));
                case "format" -> schema.setFormat(String.valueOf(value));
                case "pattern" -> schema.setPattern(String.valueOf(value));
                case "minLength" -> schema.setMinLength((Integer) value);
                case "maxLength" -> schema.setMaxLength((Integer) value);
                case "maxItems" -> schema.setMaxItems((Integer) value);
                case "minimum" -> schema.setMinimum(new BigDecimal(String.valueOf(value)));
                case "maximum" -> schema.setMaximum(new BigDecimal(String.valueOf(value)));
                case "enum" -> setEnum(schema, (List<?>) value);
                case "each" -> say((Schema<?>) there(schema.getAdditionalProperties(), "each"), value);
                default -> throw new IllegalStateException("Nothing can be said by " + key);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static void setEnum(Schema<?> schema, List<?> values) {
        ((Schema<Object>) schema).setEnum(new ArrayList<>(values));
    }

    private static <T> T there(@Nullable T thing, String name) {
        if (thing == null) {
            throw new IllegalStateException("There is no " + name + " in the description of the API");
        }
        return thing;
    }

    /** What has a form has the length of that form. */
    private static void bound(@Nullable Schema<?> schema) {
        if (schema == null) {
            return;
        }
        if ("uuid".equals(schema.getFormat())) {
            schema.setMaxLength(UUID_LENGTH);
        } else if ("date-time".equals(schema.getFormat())) {
            schema.setMaxLength(TIME_LENGTH);
        }
        bound(schema.getItems());
        if (schema.getAdditionalProperties() instanceof Schema<?> each) {
            bound(each);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(DescribedWords::bound);
        }
    }

    private void describe(Operation operation, Map<String, Schema<?>> schemas) {
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(this::describe);
        }
        ApiResponses sorted = new ApiResponses();
        new TreeMap<>(operation.getResponses()).forEach(sorted::addApiResponse);
        operation.setResponses(sorted);
        sorted.forEach((status, response) -> {
            if (status.startsWith("2")) {
                describe(operation.getOperationId(), response, schemas);
            }
        });
    }

    private void describe(Parameter parameter) {
        Object said = words.parameters().get(parameter.getName());
        if ("path".equals(parameter.getIn())) {
            // The one that is there is the schema of all parameters of this type.
            Schema<?> schema = new StringSchema().format(parameter.getSchema().getFormat());
            say(schema, there(said, parameter.getName()));
            parameter.setSchema(schema);
            parameter.setDescription(schema.getDescription());
            schema.setDescription(null);
        }
        bound(parameter.getSchema());
    }

    private void describe(String operation, ApiResponse response, Map<String, Schema<?>> schemas) {
        if (response.getDescription().equals("OK")) {
            response.setDescription(there(words.answers().get(operation), "answer of " + operation));
        }
        if (response.getContent() == null) {
            return;
        }
        response.getContent().values().forEach(content -> {
            Object example = example(operation, content, schemas);
            if (example != null) {
                content.addExamples("An answer", new Example().value(example));
            }
            String model = model(content.getSchema());
            if (model.equals("PlanPage") || isPage(model, schemas.getOrDefault(model, new Schema<>()))) {
                response.addHeaderObject(
                        "Link",
                        new Header()
                                .description("Where the next part is, with `rel=\"next\"`; absent at the end")
                                .schema(new StringSchema()));
            }
        });
    }

    private @Nullable Object example(String operation, MediaType content, Map<String, Schema<?>> schemas) {
        String model = model(content.getSchema());
        Object own = words.examples().get(operation);
        if (own != null) {
            return own;
        }
        if (isPage(model, schemas.getOrDefault(model, new Schema<>()))) {
            Map<String, Object> item = new LinkedHashMap<>(exampleOf(model.substring(PAGE.length())));
            item.keySet().removeAll(LEFT_OUT_IN_LISTS);
            Map<String, Object> page = new LinkedHashMap<>();
            page.put("items", List.of(item));
            page.put("next", null);
            return page;
        }
        if (model.isEmpty()) {
            return null;
        }
        Map<String, Object> example = new LinkedHashMap<>(exampleOf(model));
        example.putAll(words.differences().getOrDefault(operation, Map.of()));
        return example;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> exampleOf(String model) {
        return (Map<String, Object>) there(words.examples().get(model), "example of " + model);
    }

    private static String model(@Nullable Schema<?> schema) {
        String reference = schema == null ? null : schema.get$ref();
        return reference == null || !reference.startsWith(COMPONENTS) ? "" : reference.substring(COMPONENTS.length());
    }
}
