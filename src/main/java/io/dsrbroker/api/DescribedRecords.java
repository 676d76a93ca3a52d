package io.dsrbroker.api;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells what records say of their fields without a word: which may be null, which are always there, and that a body with any
 * other is refused.
 */
@Component
final class DescribedRecords implements ModelConverter {

    private static final String NULL = "null";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> resolved = chain.next().resolve(type, context, chain);
        JavaType java = Json.mapper().constructType(type.getType());
        if (resolved != null && java != null && java.isRecordType()) {
            Schema<?> model = model(resolved, context);
            if (model.getProperties() != null) {
                describe(java.getRawClass(), model);
            }
        }
        return resolved;
    }

    private static Schema<?> model(Schema<?> resolved, ModelConverterContext context) {
        String reference = resolved.get$ref();
        return reference == null
                ? resolved
                : context.getDefinedModels()
                        .getOrDefault(reference.substring(reference.lastIndexOf('/') + 1), new Schema<>());
    }

    private static void describe(Class<?> type, Schema<?> model) {
        if (Bodies.class.equals(type.getDeclaringClass())) {
            model.setAdditionalProperties(false);
            return;
        }
        Map<String, Schema<?>> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = name(component);
            Schema<?> property = model.getProperties().get(name);
            if (property == null) {
                throw new IllegalStateException("The description of " + type.getName() + " lacks " + name);
            }
            boolean leftOut = isLeftOut(component);
            if (!leftOut) {
                required.add(name);
            }
            boolean nullable = !leftOut && component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            properties.put(name, nullable ? nullable(property) : property);
        }
        model.getProperties().putAll(properties);
        model.setRequired(required);
    }

    private static String name(RecordComponent component) {
        var named = component.getAccessor().getAnnotation(com.fasterxml.jackson.annotation.JsonProperty.class);
        return named == null ? component.getName() : named.value();
    }

    private static boolean isLeftOut(RecordComponent component) {
        var included = component.getAccessor().getAnnotation(com.fasterxml.jackson.annotation.JsonInclude.class);
        return included != null && included.value() == com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;
    }

    private static Schema<?> nullable(Schema<?> property) {
        if (property.getOneOf() != null) {
            return property;
        }
        if (property.get$ref() != null) {
            Schema<?> nothing = new Schema<>();
            nothing.setTypes(Set.of(NULL));
            return new Schema<>().oneOf(new ArrayList<>(List.of(new Schema<>().$ref(property.get$ref()), nothing)));
        }
        Set<String> types = new LinkedHashSet<>(property.getTypes());
        types.add(NULL);
        property.setTypes(types);
        return property;
    }
}
