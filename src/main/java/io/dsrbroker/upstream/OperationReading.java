package io.dsrbroker.upstream;

import io.dsrbroker.catalogue.Documents;
import io.dsrbroker.catalogue.Upstream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Says what an answer about an operation means, in the operation's dialect. */
final class OperationReading {

    private static final String SUCCEEDED = "succeeded";
    private static final Set<String> FAILURES = Set.of("failed", "canceled", "cancelled", "timedout");

    private final Classifier classifier;
    private final StartedOperation started;

    OperationReading(Classifier classifier, StartedOperation started) {
        this.classifier = classifier;
        this.started = started;
    }

    /** What this answer means; {@code from} is the address of the call that started the operation. */
    OperationStatus read(Upstream upstream, Operation operation, Reply.Arrived answer, URI from) {
        try {
            return switch (operation.dialect()) {
                case STATUS -> told(upstream, operation, answer, from, List.of("/status"));
                case STATE -> told(upstream, operation, answer, from, List.of("/state", "/status"));
                case RESULT -> result(upstream, operation, answer, from);
            };
        } catch (HostileUrl e) {
            return new OperationStatus.Unreadable(
                    new Outcome.Hostile(answer.exchange(), "HTTP " + answer.status() + ": " + e.detail()));
        }
    }

    private OperationStatus told(
            Upstream upstream, Operation operation, Reply.Arrived answer, URI from, List<String> pointers) {
        if (!answer.success()) {
            return unreadable(upstream, answer);
        }
        JsonNode body = answer.body();
        if (body == null) {
            return poison(answer, "the answer is not JSON");
        }
        return Documents.text(body, pointers)
                .map(word -> ended(operation, answer, from, word.strip()))
                .orElseGet(() -> poison(answer, "the answer does not say how the operation stands"));
    }

    private OperationStatus ended(Operation operation, Reply.Arrived answer, URI from, String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.equals(SUCCEEDED)) {
            return new OperationStatus.Succeeded(answer.exchange());
        }
        return FAILURES.contains(lower) ? gaveUp(answer, word + code(answer)) : working(operation, answer, from);
    }

    private OperationStatus result(Upstream upstream, Operation operation, Reply.Arrived answer, URI from) {
        return switch (answer.status()) {
            case 200, 201, 204 -> new OperationStatus.Succeeded(answer.exchange());
            case 202 -> working(operation, answer, from);
            // Gateways and rights answer for the asking, everything else for the operation.
            case 401, 403, 404, 408, 410, 429, 502, 503, 504 -> unreadable(upstream, answer);
            default ->
                answer.status() >= 400
                        ? gaveUp(answer, "HTTP " + answer.status() + code(answer))
                        : unreadable(upstream, answer);
        };
    }

    private OperationStatus working(Operation operation, Reply.Arrived answer, URI from) {
        Operation next = started.goingOn(operation, answer.headers(), from);
        return new OperationStatus.Working(answer.exchange(), next.retryAfter(), next);
    }

    private OperationStatus unreadable(Upstream upstream, Reply.Arrived answer) {
        return new OperationStatus.Unreadable(
                answer.success()
                        ? new Outcome.Poison(answer.exchange(), "HTTP " + answer.status() + ": not an expected answer")
                        : classifier.classify(upstream, answer));
    }

    private static OperationStatus poison(Reply.Arrived answer, String words) {
        return new OperationStatus.Unreadable(
                new Outcome.Poison(answer.exchange(), "HTTP " + answer.status() + ": " + words));
    }

    private static OperationStatus gaveUp(Reply.Arrived answer, String end) {
        return new OperationStatus.GaveUp(answer.exchange(), "the operation ended as " + end);
    }

    private static String code(Reply.Arrived answer) {
        List<String> codes = Errors.codes(answer.body());
        return codes.isEmpty() ? "" : " " + codes.getFirst();
    }
}
