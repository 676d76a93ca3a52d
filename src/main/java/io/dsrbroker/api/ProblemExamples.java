package io.dsrbroker.api;

import io.dsrbroker.job.ActiveDeleteExists;
import io.dsrbroker.job.ExtensionNotAllowed;
import io.dsrbroker.job.JobErased;
import io.dsrbroker.job.PlanNotReady;
import io.dsrbroker.job.Stage;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.job.WrongState;
import io.dsrbroker.shared.BrokerProblem.FieldError;
import io.dsrbroker.shared.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/** One example of every problem that the API answers, for its description. */
final class ProblemExamples {

    private static final Map<String, Problem> BY_NAME = byName();

    private ProblemExamples() {}

    static Problem of(String name) {
        Problem problem = BY_NAME.get(name);
        if (problem == null) {
            throw new IllegalArgumentException("No example of a problem " + name);
        }
        return problem;
    }

    /** Its body as it goes over the wire. */
    static Map<String, Object> body(Problem problem) {
        return ProblemWriter.body(problem, "urn:uuid:5f0c6ad2-1b7e-4c0e-9c39-3c1f8a2f6d11");
    }

    private static Map<String, Problem> byName() {
        Map<String, Problem> examples = new LinkedHashMap<>();
        Stream.of(
                        new MalformedJson(),
                        new BodyTooLarge(),
                        new IdempotencyKeyMissing(),
                        new IdempotencyKeyInvalid(),
                        new IdempotencyInFlight(),
                        new IdempotencyKeyReused(),
                        new InvalidParameter("limit", "It must be between 1 and 500."),
                        new PlanNotReady(Stage.IN_PROGRESS),
                        new ActiveDeleteExists(new JobId(UUID.fromString("01990000-0000-7000-8000-000000000000"))),
                        new ExtensionNotAllowed(
                                "The deadline has been moved once already.", Instant.parse("2026-12-02T23:59:59Z")),
                        new WrongState(TaskState.DELETED, "The task has ended well."),
                        new PackageNotReady(Stage.IN_PROGRESS),
                        new ReceiptNotReady(Stage.IN_PROGRESS),
                        new PackageExpired(),
                        new JobErased(),
                        new NoPackage())
                .map(Problem::of)
                .forEach(problem -> examples.put(problem.name(), problem));
        Stream.of(401, 403, 404, 406, 415, 500)
                .map(Problem::of)
                .forEach(problem -> examples.put(problem.name(), problem));
        examples.put(
                "validation",
                new Problem(
                        422,
                        "validation",
                        "The request is not valid",
                        "Some fields of the body are not valid; nothing was kept.",
                        Map.of(),
                        List.of(new FieldError("/subject/galleryAuthorId", Check.GALLERY_AUTHOR.detail())),
                        new HttpHeaders()));
        examples.put(
                "wrong-stage",
                new Problem(
                        409,
                        "wrong-stage",
                        "Wrong stage",
                        "The request has ended as COMPLETED.",
                        Map.of("stage", Stage.COMPLETED.name()),
                        List.of(),
                        new HttpHeaders()));
        examples.put(
                "plan-changed",
                new Problem(
                        409,
                        "plan-changed",
                        "The plan has changed",
                        "The plan is no longer the one that this approval names. Read it again and approve what it says"
                                + " now.",
                        Map.of("planHash", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
                        List.of(),
                        new HttpHeaders()));
        examples.put(
                "same-person",
                Problem.of(
                        403,
                        "same-person",
                        "A second person must decide",
                        "You created this request; another person must decide on it."));
        examples.put("target-not-allowed", Problem.of(TargetNotAllowed.estate()));
        examples.put("too-many-requests", new TooManyRequests(Duration.ofSeconds(1)).problem());
        examples.put(
                "range-not-satisfiable",
                Problem.of(416, "range-not-satisfiable", "Range not satisfiable", "The package has no such bytes."));
        examples.put(
                "no-targets",
                new Problem(
                        422,
                        "no-targets",
                        "No targets",
                        "The request names no targets and none is registered, so there is nowhere to look.",
                        Map.of(),
                        List.of(new FieldError("/targets", "Name at least one target, or register the estate first.")),
                        new HttpHeaders()));
        examples.put("identity-provider-unavailable", ProblemTranslation.identityProviderUnavailable());
        examples.put("database-unavailable", ProblemTranslation.databaseUnavailable());
        return examples;
    }
}
