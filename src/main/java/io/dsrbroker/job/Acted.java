package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.Map;

/**
 * Somebody did something to a job, or it moved to another stage; told in the transaction that does it.
 *
 * @param actor the person, or {@link Caller#SYSTEM}
 * @param action a word such as {@code approved}
 * @param detail texts, numbers and flags; no identifier of the subject
 */
public record Acted(JobId job, Caller actor, String action, Map<String, Object> detail) {

    /** The action of a job that moves to another stage. */
    public static final String STAGE_CHANGED = "stage-changed";

    /** The action of a person who approves a plan; its details are {@code planHash} and how many are {@code excluded}. */
    public static final String APPROVED = "approved";

    /** The detail that only a job's ending has: what its tasks came to. */
    public static final String OUTCOMES_HASH = "outcomesHash";

    /** Whether the job has ended by it. */
    public boolean ends() {
        return action.equals(STAGE_CHANGED) && detail.containsKey(OUTCOMES_HASH);
    }
}
