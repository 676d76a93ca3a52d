package io.dsrbroker.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A delete in memory. What waits is freed only by the order of its rules, its stage comes only from theirs, and a
 * deletion is begun only by their permit. Where production changes two things in one transaction the model may tear
 * them apart, so that every condition of the permit is needed.
 */
final class DeleteModel {

    static final Map<String, Set<String>> BEFORE = Map.of(
            "image", Set.of("service"), "manifest", Set.of("service", "image"), "hosting-model", Set.of("service"));

    /** The parts under test. */
    record Rules(
            Order order,
            BiFunction<Phase, Boolean, Stage> early,
            Function<Stages.Deletion, Stage> late,
            Predicate<Destructions.Permit> permit) {

        static final Rules PRODUCTION =
                new Rules(DeleteOrder::on, Stages::ofDelete, Stages::ofDeletion, Destructions.Permit::allows);

        Rules with(Order other) {
            return new Rules(other, early, late, permit);
        }

        Rules with(Function<Stages.Deletion, Stage> other) {
            return new Rules(order, early, other, permit);
        }

        Rules permitting(Predicate<Destructions.Permit> other) {
            return new Rules(order, early, late, other);
        }
    }

    /** Says which deletions may be sent. */
    interface Order {
        DeleteOrder.Verdict on(
                DeleteOrder.Group group,
                List<DeleteOrder.Group> all,
                Map<UUID, @Nullable UUID> parents,
                Function<String, Set<String>> before);
    }

    final Rules rules;
    final List<ModelTask> tasks = new ArrayList<>();
    final Map<UUID, @Nullable UUID> parents = new HashMap<>();
    final boolean exportFirst;
    private final List<ModelTask> excluded = new ArrayList<>();

    Phase phase = Phase.PLANNING;
    Stage stage = Stage.RECEIVED;
    boolean onHold;
    boolean destructive;
    boolean packaged;
    String planHash = "plan 0";

    @Nullable
    String approvedHash;

    private int plans;

    DeleteModel(Rules rules, RandomGenerator random) {
        this.rules = rules;
        this.exportFirst = random.nextBoolean();
        new ModelTree(this, random).grow();
    }

    void propose() {
        phase = Phase.PROPOSED;
        reconsider();
    }

    void approve(List<ModelTask> exclude) {
        if (stage == Stage.AWAITING_APPROVAL) {
            approvedHash = planHash;
            excluded.clear();
            excluded.addAll(exclude);
            exclude();
            phase = exportFirst ? Phase.EXPORTING : Phase.CHECKING;
            reconsider();
        }
    }

    /** Where nothing was begun the tasks stay as they are: the permit alone must hold them back. */
    void deny() {
        if (stage != Stage.AWAITING_APPROVAL) {
            return;
        }
        if (destructive) {
            tasks.stream()
                    .filter(task -> !task.state.terminal())
                    .forEach(task -> task.enter(TaskState.CANCELLED, null));
            phase = Phase.DELETING;
            reconsider();
        } else {
            stage = Stage.DENIED;
        }
    }

    /** Answers whether it was accepted; the tasks stay as they are. */
    boolean cancel() {
        if (stage.ended() || destructive) {
            return false;
        }
        stage = Stage.CANCELLED;
        return true;
    }

    void hold(boolean hold) {
        if (!stage.ended()) {
            onHold = hold;
        }
    }

    /** Another plan is written, and nobody has noticed yet. */
    void drift() {
        if (!stage.ended() && phase != Phase.PLANNING) {
            plans++;
            planHash = "plan " + plans;
        }
    }

    boolean drifted() {
        return approvedHash != null && !approvedHash.equals(planHash);
    }

    /** Looks whether the plan still holds. */
    void check() {
        if (stage.ended()) {
            return;
        }
        if (drifted()) {
            approvedHash = null;
            align();
            propose();
        } else if (approvedHash == null && (phase == Phase.EXPORTING || phase == Phase.CHECKING)) {
            propose();
        } else if (phase == Phase.EXPORTING
                && tasks.stream().noneMatch(task -> task.kind == TaskKind.EXPORT && !task.state.terminal())) {
            phase = Phase.CHECKING;
        } else if (phase == Phase.CHECKING) {
            carryOut();
        }
    }

    private void carryOut() {
        align();
        exclude();
        for (ModelTask task : tasks) {
            ModelTask resource = task.partner;
            if (task.kind == TaskKind.EXPORT && task.state.exception() && resource != null) {
                ModelTask kept = resource.coveredBy == null ? resource : resource.coveredBy;
                if (kept.state == TaskState.BLOCKED) {
                    kept.enter(TaskState.SKIPPED, Reason.EXPORT_INCOMPLETE);
                }
            }
            if (task.is(TaskKind.MANUAL, TaskState.BLOCKED)) {
                task.enter(TaskState.NEEDS_ACTION, Reason.BY_HAND);
            }
        }
        phase = Phase.DELETING;
        reconsider();
    }

    /** What was not carried out waits again, as the plan says. */
    private void align() {
        for (ModelTask task : tasks) {
            boolean unsent = task.state == TaskState.READY
                    || task.state == TaskState.RETRY_WAIT
                    || task.state == TaskState.NEEDS_ACTION
                    || task.state == TaskState.SKIPPED;
            if (unsent && task.kind != TaskKind.EXPORT) {
                task.enter(TaskState.BLOCKED, null);
            }
        }
    }

    private void exclude() {
        for (ModelTask task : excluded) {
            if (task.state == TaskState.BLOCKED) {
                task.enter(TaskState.SKIPPED, Reason.EXCLUDED);
                ModelTask container = task.coveredBy;
                if (container != null && container.state == TaskState.BLOCKED) {
                    container.enter(TaskState.SKIPPED, Reason.CHILD_KEPT);
                }
            }
        }
    }

    /** What did not end good waits again, and the plan is checked before. */
    void retry() {
        if (phase != Phase.DELETING || stage == Stage.COMPLETED || stage == Stage.DENIED || stage == Stage.CANCELLED) {
            return;
        }
        boolean exports = false;
        boolean any = false;
        for (ModelTask task : tasks) {
            if (task.kind != TaskKind.MANUAL && retriable(task)) {
                any = true;
                exports |= task.kind == TaskKind.EXPORT;
                task.enter(task.kind == TaskKind.EXPORT ? TaskState.READY : TaskState.BLOCKED, null);
            }
        }
        if (any) {
            packaged = false;
            stage = Stage.IN_PROGRESS;
            phase = exports ? Phase.EXPORTING : Phase.CHECKING;
        }
    }

    private static boolean retriable(ModelTask task) {
        return switch (task.state) {
            case UNVERIFIED, SOURCE_RETIRED, FAILED, RETRY_WAIT -> true;
            case SKIPPED -> task.reason != Reason.EXCLUDED;
            default -> false;
        };
    }

    Destructions.Permit permit() {
        return new Destructions.Permit(stage.ended(), onHold, phase, approvedHash, planHash);
    }

    /** Answers whether it was begun. */
    boolean begin(ModelTask task) {
        if (!task.is(TaskKind.DELETE, TaskState.READY) || !rules.permit().test(permit())) {
            return false;
        }
        task.enter(TaskState.RUNNING, null);
        task.attempts++;
        destructive = true;
        return true;
    }

    /** Moves the job as far as its tasks allow. */
    void reconsider() {
        if (stage.ended()) {
            return;
        }
        if (phase == Phase.DELETING) {
            goOn();
            stage = rules.late().apply(sum());
        } else {
            stage = rules.early().apply(phase, true);
        }
    }

    private Stages.Deletion sum() {
        boolean open = tasks.stream().anyMatch(task -> !task.state.terminal());
        boolean working = tasks.stream()
                .anyMatch(task -> !task.state.terminal()
                        && task.state != TaskState.VERIFYING
                        && !(task.state == TaskState.BLOCKED && task.coveredBy != null));
        return new Stages.Deletion(
                open,
                working,
                tasks.stream().anyMatch(task -> task.state.good()),
                tasks.stream().anyMatch(task -> task.state.exception()),
                tasks.stream().anyMatch(task -> task.state == TaskState.FAILED),
                packaged || !exportFirst);
    }

    private void goOn() {
        boolean more = true;
        while (more) {
            ModelGroups.release(tasks);
            more = ModelGroups.review(this);
        }
    }
}
