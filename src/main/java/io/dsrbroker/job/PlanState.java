package io.dsrbroker.job;

import org.jspecify.annotations.Nullable;

/**
 * What a resource's task says as long as its plan is not carried out.
 *
 * @param detail why, for people
 * @param nextStep what they can do about it
 */
record PlanState(
        TaskState state, @Nullable String detail, @Nullable String nextStep) {

    /** For what the plan does with it. */
    static PlanState of(PlanAction action, @Nullable Reason reason) {
        return switch (action) {
            case DELETE, COVERED, MANUAL -> new PlanState(TaskState.BLOCKED, null, null);
            case SKIPPED -> new PlanState(TaskState.SKIPPED, detail(reason), nextStep(reason));
            case OUT_OF_SCOPE ->
                new PlanState(
                        TaskState.OUT_OF_SCOPE,
                        "Deleting it is not offered by the source documents.",
                        "Whoever runs the place where it lies can delete it there.");
        };
    }

    private static @Nullable String detail(@Nullable Reason reason) {
        if (reason == null) {
            return null;
        }
        return switch (reason) {
            case OWNER_UNKNOWN -> "Nothing in it says whose it is.";
            case NO_OWN_DELETE -> "Only deleting the container that it shares with other things would remove it.";
            case EXCLUDED -> "Nothing says whose it is, and it was left out.";
            case POISON -> "The list gives it no key to delete it by.";
            case CHILD_KEPT -> "Something inside it stays, or could not be looked through.";
            default -> null;
        };
    }

    private static @Nullable String nextStep(@Nullable Reason reason) {
        if (reason == null) {
            return null;
        }
        return switch (reason) {
            case OWNER_UNKNOWN -> "Decide before the approval whether it belongs to the subject: INCLUDE or EXCLUDE.";
            case NO_OWN_DELETE ->
                "If everything in the container belongs to the subject, send a new request with select ALL.";
            case CHILD_KEPT -> "Look at the exceptions inside it, mend them and retry.";
            default -> null;
        };
    }
}
