package io.dsrbroker.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Short ways to write documents. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ArrayNode strings(String... values) {
        var array = array();
        for (var value : values) {
            array.add(value);
        }
        return array;
    }

    static ObjectNode map(Map<String, String> values) {
        var object = object();
        values.forEach(object::put);
        return object;
    }

    /** A copy in which every key begins with a capital. */
    static JsonNode capitals(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var changed = object();
            object.properties()
                    .forEach(each -> changed.set(
                            each.getKey().isEmpty()
                                    ? ""
                                    : each.getKey().substring(0, 1).toUpperCase(Locale.ROOT)
                                            + each.getKey().substring(1),
                            capitals(each.getValue())));
            return changed;
        }
        if (node instanceof ArrayNode array) {
            var changed = array();
            array.forEach(each -> changed.add(capitals(each)));
            return changed;
        }
        return node;
    }

    static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
    }
}
