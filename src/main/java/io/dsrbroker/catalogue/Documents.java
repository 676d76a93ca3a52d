package io.dsrbroker.catalogue;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads upstream documents by JSON pointers (RFC 6901) whose names match whatever their case.
 *
 * <p>Source: the upstreams' own clients read {@code Value}, {@code ID} and {@code nextLink} in either case.
 */
public final class Documents {

    private Documents() {}

    /** The field of this name; an exact match wins over one in another case. */
    public static @Nullable JsonNode field(JsonNode object, String name) {
        JsonNode exact = object.get(name);
        if (exact != null || !object.isObject()) {
            return exact;
        }
        return object.properties().stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .findFirst()
                .map(java.util.Map.Entry::getValue)
                .orElse(null);
    }

    /** The node at this pointer. */
    public static @Nullable JsonNode at(JsonNode document, String pointer) {
        JsonNode node = document;
        for (String token : tokens(pointer)) {
            if (node == null) {
                return null;
            }
            node = node.isArray() && token.matches("\\d{1,9}") ? node.get(Integer.parseInt(token)) : field(node, token);
        }
        return node;
    }

    /** The first non-blank text or number at one of these pointers, without what PostgreSQL cannot keep. */
    public static Optional<String> text(JsonNode document, List<String> pointers) {
        return pointers.stream()
                .map(pointer -> at(document, pointer))
                .filter(node -> node != null && node.isValueNode() && !node.isNull())
                .map(node -> clean(node.asString()))
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    /** The key of a list item; of an ARM name such as {@code account/workspace} the last segment. */
    public static Optional<String> key(ResourceType type, JsonNode item) {
        Optional<String> key = text(item, type.key());
        return type.container() ? key.map(name -> name.substring(name.lastIndexOf('/') + 1)) : key;
    }

    /** The variable that a capture takes from this document. */
    public static Optional<String> capture(Capture capture, JsonNode document) {
        Optional<String> value = text(document, capture.pointers());
        String before = capture.segmentAfter();
        return before == null ? value : value.flatMap(path -> segmentAfter(path, before));
    }

    private static Optional<String> segmentAfter(String path, String before) {
        String[] segments = path.split("/", -1);
        for (int i = 0; i + 1 < segments.length; i++) {
            if (segments[i].equalsIgnoreCase(before) && !segments[i + 1].isBlank()) {
                return Optional.of(segments[i + 1]);
            }
        }
        return Optional.empty();
    }

    /** "East US 2" as it stands in host names: {@code eastus2}; nothing else may stand in one, and no more than 60. */
    public static String squeezed(String location) {
        String label = location.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9-]", "");
        return label.substring(0, Math.min(label.length(), 60));
    }

    static List<String> tokens(String pointer) {
        return List.of(pointer.substring(1).split("/", -1)).stream()
                .map(token -> token.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    /** The text without NUL and lone surrogates, neither of which can be stored. */
    public static String clean(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF) ? 0xFFFD : c)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
