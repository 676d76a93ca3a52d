package io.dsrbroker.upstream;

import io.dsrbroker.catalogue.Documents;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The error code in any of the upstreams' shapes: ARM's wrapped one, a provider's flat one, model management's, run
 * history's and the token endpoint's.
 */
final class Errors {

    private Errors() {}

    /** Every code that the body names, the outermost first. */
    static List<String> codes(@Nullable JsonNode body) {
        if (body == null) {
            return List.of();
        }
        return Stream.of("/error/code", "/code", "/error", "/error/innerError/code", "/error/details/0/code")
                .flatMap(pointer -> Documents.text(body, List.of(pointer)).stream())
                .map(code -> code.replaceAll("[^\\w.-]", ""))
                .map(code -> code.substring(0, Math.min(code.length(), 80)))
                .toList();
    }

    /** Run history's correlation id. */
    static Optional<String> correlation(@Nullable JsonNode body) {
        return body == null ? Optional.empty() : Documents.text(body, List.of("/correlation/operation"));
    }

    /** Status and code, for people. */
    static String words(int status, List<String> codes) {
        return codes.isEmpty() ? "HTTP " + status : "HTTP " + status + " " + codes.getFirst();
    }
}
