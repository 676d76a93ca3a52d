package io.dsrbroker.api;

import io.dsrbroker.job.Approvals.Approval;
import io.dsrbroker.job.Approvals.Exclusion;
import io.dsrbroker.job.Confirmations.Confirmation;
import io.dsrbroker.job.Denial;
import io.dsrbroker.shared.BrokerProblem.FieldError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what people say when they act on a request. */
final class ActionReader {

    private static final int LONGEST_EXTENSION = 366;

    private ActionReader() {}

    /** Why a request is denied. */
    record Denied(Denial reason, @Nullable String comment) {}

    /** By how much the deadline moves, and why. */
    record Extension(int days, String reason) {}

    /** A hash of another form than hashes have is no error: it is the hash of no plan. */
    static Approval approval(Body body) {
        List<FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(body, errors);
        fields.require("planHash");
        Optional<String> planHash = fields.text("planHash", Check.LABEL);
        List<Exclusion> exclude = exclusions(fields.objects("exclude").orElse(List.of()));
        Optional<String> comment = fields.text("comment", Check.PROSE);
        fields.nothingElse();
        InvalidBody.throwIfAny(errors);
        return new Approval(planHash.orElseThrow(), exclude, comment.orElse(null));
    }

    private static List<Exclusion> exclusions(List<Fields> all) {
        List<Exclusion> exclusions = new ArrayList<>();
        Set<UUID> taken = new HashSet<>();
        for (Fields fields : all) {
            fields.require("taskId", "reason");
            Optional<UUID> taskId = fields.text("taskId", Check.UUID).map(UUID::fromString);
            Optional<String> reason = fields.text("reason", Check.PROSE);
            fields.nothingElse();
            if (taskId.isPresent() && !taken.add(taskId.get())) {
                fields.refuse("taskId", "Must not be left out twice.");
            }
            if (taskId.isPresent() && reason.isPresent()) {
                exclusions.add(new Exclusion(taskId.get(), reason.get()));
            }
        }
        return exclusions;
    }

    static Denied denial(Body body) {
        List<FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(body, errors);
        fields.require("reason");
        Optional<Denial> reason = fields.choice("reason", Denial.class, Denial::word);
        Optional<String> comment = fields.text("comment", Check.PROSE);
        fields.nothingElse();
        InvalidBody.throwIfAny(errors);
        return new Denied(reason.orElseThrow(), comment.orElse(null));
    }

    static String reason(Body body) {
        List<FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(body, errors);
        fields.require("reason");
        Optional<String> reason = fields.text("reason", Check.PROSE);
        fields.nothingElse();
        InvalidBody.throwIfAny(errors);
        return reason.orElseThrow();
    }

    static Extension extension(Body body) {
        List<FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(body, errors);
        fields.require("reason", "days");
        Optional<String> reason = fields.text("reason", Check.PROSE);
        Optional<Integer> days = fields.number("days", 1, LONGEST_EXTENSION);
        fields.nothingElse();
        InvalidBody.throwIfAny(errors);
        return new Extension(days.orElseThrow(), reason.orElseThrow());
    }

    static Confirmation confirmation(Body body, Instant now) {
        List<FieldError> errors = new ArrayList<>();
        Fields fields = Fields.of(body, errors);
        fields.require("note", "doneAt", "evidenceSha256");
        Optional<String> note = fields.text("note", Check.PROSE);
        Optional<Instant> doneAt = fields.past("doneAt", now);
        Optional<String> evidence =
                fields.text("evidenceSha256", Check.SHA256).map(hash -> hash.toLowerCase(Locale.ROOT));
        fields.nothingElse();
        InvalidBody.throwIfAny(errors);
        return new Confirmation(note.orElseThrow(), doneAt.orElseThrow(), evidence.orElseThrow());
    }
}
