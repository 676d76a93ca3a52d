package io.dsrbroker.job;

import io.dsrbroker.shared.BrokerProblem;
import io.dsrbroker.shared.JobId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Another delete of the same subject is under way. */
public final class ActiveDeleteExists extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable JobId other;

    /** That one. */
    public ActiveDeleteExists(JobId other) {
        this(other, Map.of("requestId", other.toString(), "request", "/api/v1/requests/" + other));
    }

    private ActiveDeleteExists(@Nullable JobId other, Map<String, Object> properties) {
        super(
                409,
                "active-delete-exists",
                "A delete is under way",
                "A delete of a subject with one of these identifiers is under way; only one may be at a time.",
                properties,
                List.of());
        this.other = other;
    }

    /** One that the caller must not learn of. */
    public static ActiveDeleteExists ofSomebody() {
        return new ActiveDeleteExists(null, Map.of());
    }

    /** That one, where it may be told. */
    public Optional<JobId> other() {
        return Optional.ofNullable(other);
    }
}
