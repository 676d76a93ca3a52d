package io.dsrbroker.upstream;

import io.dsrbroker.upstream.Operation.Dialect;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Reads from a 202's headers which operation was started; the most telling header decides, hostile or not. */
record StartedOperation(RetryAfter retryAfter) {

    private static final Map<String, Dialect> HEADERS = new LinkedHashMap<>();

    static {
        HEADERS.put("Azure-AsyncOperation", Dialect.STATUS);
        HEADERS.put("Operation-Location", Dialect.STATE);
        HEADERS.put("Location", Dialect.RESULT);
    }

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /**
     * The operation; empty when no header says where to ask.
     *
     * @param from the address of the call that started it
     * @throws HostileUrl when the place to ask at lies elsewhere
     */
    Optional<Operation> in(HttpHeaders headers, URI from) {
        return HEADERS.entrySet().stream()
                .filter(header -> given(headers, header.getKey()) != null)
                .findFirst()
                .map(header -> new Operation(
                        header.getValue(),
                        OperationPlace.of(from, String.valueOf(given(headers, header.getKey())))
                                .toString(),
                        wait(headers, header.getValue())));
    }

    /** The same operation, to be asked about when and where this answer of 202 or 200 says. */
    Operation goingOn(Operation operation, HttpHeaders headers, URI from) {
        String moved = operation.dialect() == Dialect.RESULT ? given(headers, HttpHeaders.LOCATION) : null;
        return new Operation(
                operation.dialect(),
                moved == null ? operation.url() : OperationPlace.of(from, moved).toString(),
                wait(headers, operation.dialect()));
    }

    private Duration wait(HttpHeaders headers, Dialect dialect) {
        Duration told = retryAfter.header(headers.getFirst(HttpHeaders.RETRY_AFTER));
        if (told == null) {
            return dialect.untold();
        }
        return told.compareTo(SHORTEST) < 0 ? SHORTEST : told.compareTo(LONGEST) > 0 ? LONGEST : told;
    }

    private static @Nullable String given(HttpHeaders headers, String name) {
        String value = headers.getFirst(name);
        return value == null || value.isBlank() ? null : value;
    }
}
