package io.dsrbroker.upstream;

import io.dsrbroker.catalogue.Absence;
import io.dsrbroker.catalogue.Upstream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Says what an answer that is no success means; decided on the HTTP status first, then on the code. */
final class Classifier {

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final List<String> LOCKS = List.of("ScopeLocked", "ResourceLocked", "Locked");

    private final Clock clock;

    Classifier(Clock clock) {
        this.clock = clock;
    }

    /** What this answer means. */
    Outcome classify(
            Upstream upstream, Exchange exchange, int status, @Nullable JsonNode body, @Nullable String retryAfter) {
        List<String> codes = Errors.codes(body);
        String words = Errors.words(status, codes);
        if (status >= 300 && status < 400) {
            return new Outcome.Hostile(exchange, words + ": a redirect, which is never followed");
        }
        if (codes.stream().anyMatch(upstream.retiredCodes()::contains)) {
            return new Outcome.Retired(exchange, words);
        }
        return switch (status) {
            case 401 -> new Outcome.CredentialsRejected(exchange, words);
            case 403 -> new Outcome.Forbidden(exchange, words);
            case 404, 410 -> absence(upstream, exchange, codes, words);
            case 423 -> new Outcome.Locked(exchange, words);
            case 409 ->
                codes.stream().anyMatch(LOCKS::contains)
                        ? new Outcome.Locked(exchange, words)
                        : exchange.method().equals("DELETE")
                                ? new Outcome.InUse(exchange, words)
                                : new Outcome.Rejected(exchange, words);
            case 429, 503 -> new Outcome.Throttled(exchange, duration(retryAfter));
            case 408 -> new Outcome.Unavailable(exchange, words);
            default -> status >= 500 ? new Outcome.Unavailable(exchange, words) : new Outcome.Rejected(exchange, words);
        };
    }

    private static Outcome absence(Upstream upstream, Exchange exchange, List<String> codes, String words) {
        boolean proven = upstream.absence().stream()
                .filter(absence -> absence.status() == 404)
                .map(Absence::codes)
                .anyMatch(proofs -> proofs.isEmpty() || codes.stream().anyMatch(proofs::contains));
        return proven ? new Outcome.Absent(exchange) : new Outcome.AbsenceUnproven(exchange, words);
    }

    private @Nullable Duration duration(@Nullable String retryAfter) {
        if (retryAfter == null) {
            return null;
        }
        try {
            Duration given = retryAfter.strip().matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(retryAfter.strip()))
                    : Duration.between(clock.instant(), httpDate(retryAfter.strip()));
            return given.isNegative() ? Duration.ZERO : given.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : given;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Instant httpDate(String text) {
        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }
}
