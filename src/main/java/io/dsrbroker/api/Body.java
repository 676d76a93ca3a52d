package io.dsrbroker.api;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A body as JSON: one document, no name twice in an object, at most 32 deep. */
record Body(JsonNode json) {

    private static final int DEEPEST = 32;

    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(100)
                            .maxNameLength(200)
                            .maxStringLength(BodyLimit.MOST)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static Body of(byte[] bytes) {
        try {
            JsonNode json = STRICT.readTree(bytes);
            if (json.isMissingNode()) {
                throw new MalformedJson();
            }
            return new Body(json);
        } catch (JacksonException | NumberFormatException e) {
            // The latter for a number whose exponent no number can have.
            throw new MalformedJson();
        }
    }

    /** The body with the names of its objects in order, so that white space and order do not matter. */
    byte[] canonical() {
        return STRICT.writeValueAsBytes(sorted(json));
    }

    private static Object sorted(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            return members;
        }
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(Body::sorted)
                    .toList();
        }
        return node;
    }
}
