package io.dsrbroker.upstream;

import io.dsrbroker.catalogue.Absence;
import io.dsrbroker.catalogue.Upstream;
import java.util.List;
import java.util.Set;

/** Says what an answer that is no success means; decided on the HTTP status first, then on the code. */
final class Classifier {

    /** The statuses with which a code can say that the service is gone; with others it is only mentioned. */
    private static final Set<Integer> RETIREMENTS = Set.of(400, 404, 409, 410);

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
        if (RETIREMENTS.contains(status) && codes.stream().anyMatch(upstream.retiredCodes()::contains)) {
            return new Outcome.Retired(exchange, words);
        }
        return switch (status) {
            case 401 -> new Outcome.CredentialsRejected(exchange, words);
            case 403 -> new Outcome.Forbidden(exchange, explained(words, answer));
            case 404, 410 -> absence(upstream, exchange, codes, words);
            case 423 -> new Outcome.Locked(exchange, explained(words, answer));
            case 409 ->
                codes.stream().anyMatch(LOCKS::contains)
                        ? new Outcome.Locked(exchange, explained(words, answer))
                        : exchange.method().equals("DELETE")
                                ? new Outcome.InUse(exchange, words)
                                : new Outcome.Rejected(exchange, words);
            case 429, 503 -> new Outcome.Throttled(exchange, retryAfter.of(answer));
            case 408 -> new Outcome.Unavailable(exchange, words);
            default -> status >= 500 ? new Outcome.Unavailable(exchange, words) : new Outcome.Rejected(exchange, words);
        };
    }

    /** With the upstream's reason, where a person has to remove it. */
    private static String explained(String words, Reply.Arrived answer) {
        return Errors.message(answer.body())
                .map(message -> words + ": " + message)
                .orElse(words);
    }

    private static Outcome absence(Upstream upstream, Exchange exchange, List<String> codes, String words) {
        boolean proven = upstream.absence().stream()
                .filter(absence -> absence.status() == 404)
                .map(Absence::codes)
                .anyMatch(proofs -> proofs.isEmpty() || codes.stream().anyMatch(proofs::contains));
        return proven ? new Outcome.Absent(exchange) : new Outcome.AbsenceUnproven(exchange, words);
    }
}
