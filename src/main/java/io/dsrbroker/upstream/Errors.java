package io.dsrbroker.upstream;

import io.dsrbroker.catalogue.Documents;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Code and message of an error in any of the upstreams' shapes: ARM's wrapped one, a provider's flat one, model
 * management's, run history's, ASP.NET's and the token endpoint's.
 */
final class Errors {

    /** No honest error names more, and an endless one must not keep anybody busy. */
    private static final int NODES = 50;

    private static final int CODE = 80;

    private Errors() {}

    /** Every code that the body names, the outermost first. */
    static List<String> codes(@Nullable JsonNode body) {
        if (body == null) {
            return List.of();
        }
        Stream<String> nested = nodes(body).stream().flatMap(node -> texts(node, "/code"));
        Stream<String> issuer = Stream.of("/error", "/error_codes/0")
                .flatMap(pointer -> Documents.text(body, List.of(pointer)).stream());
        return Stream.concat(nested, issuer)
                // What holds these is an identifier or a sentence, and no code.
                .filter(code -> !code.matches("(?s).*[@/:\\\\].*"))
                .map(code -> code.replaceAll("[^\\w.-]", ""))
                .map(code -> code.substring(0, Math.min(code.length(), CODE)))
                .filter(code -> !code.isEmpty())
                .distinct()
                .toList();
    }

    /** Every message as it came, the outermost first: to be read by programs, never to be shown or kept. */
    static List<String> messages(@Nullable JsonNode body) {
        return body == null
                ? List.of()
                : Stream.concat(
                                nodes(body).stream().flatMap(node -> texts(node, "/message")),
                                texts(body, "/error_description"))
                        .toList();
    }

    /** The outermost message for people, without whatever could name somebody or something. */
    static Optional<String> message(@Nullable JsonNode body) {
        return messages(body).stream()
                .findFirst()
                .map(PlainMessage::of)
                .filter(message -> message.matches("(?s).*\\w.*"));
    }

    /** Run history's correlation id. */
    static Optional<String> correlation(@Nullable JsonNode body) {
        return body == null ? Optional.empty() : Documents.text(body, List.of("/correlation/operation"));
    }

    /** Status and code, for people. */
    static String words(int status, List<String> codes) {
        return codes.isEmpty() ? "HTTP " + status : "HTTP " + status + " " + codes.getFirst();
    }

    /** The error, what it wraps and its details, level by level. */
    private static List<JsonNode> nodes(JsonNode body) {
        List<JsonNode> found = new ArrayList<>();
        Deque<JsonNode> rest = new ArrayDeque<>();
        add(rest, Documents.at(body, "/error"));
        add(rest, body);
        while (!rest.isEmpty() && found.size() < NODES) {
            JsonNode node = rest.remove();
            found.add(node);
            add(rest, Documents.field(node, "innerError"));
            JsonNode details = Documents.field(node, "details");
            if (details != null && details.isArray()) {
                details.values().stream().limit(NODES).forEach(detail -> add(rest, detail));
            }
        }
        return found;
    }

    private static void add(Deque<JsonNode> rest, @Nullable JsonNode node) {
        if (node != null && node.isObject()) {
            rest.add(node);
        }
    }

    private static Stream<String> texts(JsonNode node, String pointer) {
        return Documents.text(node, List.of(pointer)).stream();
    }
}
