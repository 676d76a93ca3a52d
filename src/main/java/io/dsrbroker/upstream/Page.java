package io.dsrbroker.upstream;

import io.dsrbroker.catalogue.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One page of a list in any of the upstreams' dialects.
 *
 * @param items may be empty although the list goes on
 * @param next where it goes on; null at its end
 */
public record Page(List<JsonNode> items, @Nullable Continuation next) {

    private static final List<String> LINKS =
            List.of("/nextLink", "/@odata.nextLink", "/odata.nextLink", "/_links/next", "/_links/next/href");
    private static final List<String> TOKENS =
            List.of("/continuationToken", "/$continuationToken", "/$skipToken", "/skipToken");

    /** Reads {@code {"value": […]}}, a bare array, or a single object; empty when it is none of these. */
    public static Optional<Page> of(JsonNode body) {
        if (body.isArray()) {
            return Optional.of(new Page(elements(body), null));
        }
        if (!body.isObject()) {
            return Optional.empty();
        }
        JsonNode value = Documents.field(body, "value");
        if (value == null || value.isNull()) {
            Continuation next = next(body);
            boolean envelope = value != null || next != null;
            return Optional.of(new Page(envelope ? List.of() : List.of(body), next));
        }
        return value.isArray() ? Optional.of(new Page(elements(value), next(body))) : Optional.empty();
    }

    private static @Nullable Continuation next(JsonNode body) {
        Optional<String> link = Documents.text(body, LINKS);
        if (link.isPresent()) {
            return new Continuation.Link(link.get());
        }
        return Documents.text(body, TOKENS).map(Continuation.Token::new).orElse(null);
    }

    private static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> items = new ArrayList<>(array.size());
        array.forEach(items::add);
        return items;
    }
}
