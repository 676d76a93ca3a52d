package io.dsrbroker.api;

import io.dsrbroker.callback.CallbackRules;
import io.dsrbroker.catalogue.Call;
import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.job.Regulation;
import io.dsrbroker.job.RequestType;
import io.dsrbroker.job.Subject;
import io.dsrbroker.job.Submission;
import io.dsrbroker.job.Target;
import io.dsrbroker.job.Verification;
import io.dsrbroker.shared.BrokerProblem.FieldError;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a request and refuses it with everything that is wrong with it at once. */
@Component
class SubmissionReader {

    private final Clock clock;
    private final CallbackUrl callbackUrl;
    private final Set<String> secretNames;

    SubmissionReader(Clock clock, Catalogue catalogue, CallbackRules callbacks) {
        this.clock = clock;
        this.callbackUrl = new CallbackUrl(callbacks);
        this.secretNames = catalogue.types().values().stream()
                .flatMap(type -> type.calls().stream())
                .map(Call::secretHeader)
                .flatMap(header -> Optional.ofNullable(header).stream())
                .map(Call.SecretHeader::secret)
                .collect(Collectors.toUnmodifiableSet());
    }

    Submission read(Body body) {
        List<FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(body, errors);
        fields.require("type", "subject");
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<RequestType> type = fields.choice("type", RequestType.class);
        Submission submission = new Submission(
                type.orElse(RequestType.EXPORT),
                fields.flag("exportFirst").orElse(false),
                fields.text("externalId", Check.LABEL).orElse(null),
                fields.choice("regulation", Regulation.class).orElse(Regulation.GDPR),
                fields.past("receivedAt", clock.instant()).orElse(now),
                fields.object("subject").map(SubmissionReader::subject).orElse(new Subject(null, null, null)),
                fields.object("secrets").map(this::secrets).orElse(Map.of()),
                verification(fields, now),
                targets(fields),
                callbackUrl.read(fields).orElse(null));
        fields.nothingElse();
        Kept.check(body, submission.subject(), errors);
        type.ifPresent(known -> checkType(fields, known, submission));
        InvalidBody.throwIfAny(errors);
        return submission;
    }

    private static void checkType(Fields fields, RequestType type, Submission submission) {
        if (type == RequestType.DELETE) {
            fields.require("verification");
        } else if (submission.exportFirst()) {
            fields.refuse("exportFirst", "Belongs to requests of type DELETE.");
        }
    }

    private static Subject subject(Fields fields) {
        Subject subject = new Subject(
                fields.text("galleryAuthorId", Check.GALLERY_AUTHOR).orElse(null),
                fields.text("objectId", Check.UUID)
                        .map(id -> id.toLowerCase(Locale.ROOT))
                        .orElse(null),
                fields.text("email", Check.EMAIL).orElse(null));
        if (!fields.has("galleryAuthorId") && !fields.has("objectId") && !fields.has("email")) {
            fields.refuse("Give at least one of galleryAuthorId, objectId and email.");
        }
        fields.nothingElse();
        return subject;
    }

    private Map<String, String> secrets(Fields fields) {
        Map<String, String> secrets = new HashMap<>();
        secretNames.forEach(name -> fields.text(name, Check.SECRET).ifPresent(secret -> secrets.put(name, secret)));
        fields.nothingElse();
        return secrets;
    }

    private @Nullable Verification verification(Fields request, Instant now) {
        return request.object("verification")
                .map(fields -> {
                    fields.require("method", "verifiedBy", "verifiedAt");
                    Verification verification = new Verification(
                            fields.text("method", Check.LABEL).orElse(""),
                            fields.text("verifiedBy", Check.LABEL).orElse(""),
                            fields.past("verifiedAt", clock.instant()).orElse(now));
                    fields.nothingElse();
                    return verification;
                })
                .orElse(null);
    }

    private static @Nullable List<Target> targets(Fields fields) {
        return TargetsReader.read(fields).orElse(null);
    }
}
