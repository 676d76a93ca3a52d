package io.dsrbroker.upstream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/** What sending a request came to, before anybody says what it means. */
sealed interface Reply {

    /** An answer of any status; {@code body} is null where it is not JSON. */
    record Arrived(
            Exchange exchange,
            int status,
            HttpHeaders headers,
            @Nullable JsonNode body) implements Reply {

        boolean success() {
            return status >= 200 && status < 300;
        }
    }

    /** No answer, or none that can be read. */
    record Failed(Outcome outcome) implements Reply {}
}
