package io.dsrbroker.upstream;

import io.dsrbroker.catalogue.Absence;
import io.dsrbroker.catalogue.Upstream;
import java.util.List;
import org.springframework.http.HttpHeaders;

/** Says what an answer that is no success means; decided on the HTTP status first, then on the code. */
final class Classifier {

    private static final List<String> LOCKS = List.of("ScopeLocked", "ResourceLocked", "Locked");

    private final RetryAfter retryAfter;

    Classifier(RetryAfter retryAfter) {
        this.retryAfter = retryAfter;
    }

    /** What this answer means. */
    Outcome classify(Upstream upstream, Reply.Arrived answer) {
        Exchange exchange = answer.exchange();
        int status = answer.status();
        List<String> codes = Errors.codes(answer.body());
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
            case 429, 503 ->
                new Outcome.Throttled(
                        exchange, retryAfter.header(answer.headers().getFirst(HttpHeaders.RETRY_AFTER)));
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
}
