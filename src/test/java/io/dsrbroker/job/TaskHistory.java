package io.dsrbroker.job;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One random history of a delete: first anything may happen, then the upstreams heal. */
final class TaskHistory {

    private static final int STEPS = 120;

    private final RandomGenerator random;
    private final DeleteModel model;
    private final DeleteInvariants invariants;
    private final List<String> steps = new ArrayList<>();

    private TaskHistory(DeleteModel.Rules rules, long seed) {
        random = new SplittableRandom(seed);
        model = new DeleteModel(rules, random);
        invariants = new DeleteInvariants(model);
    }

    /** What a history violates; its seed leads every line. */
    static List<String> violations(DeleteModel.Rules rules, long seed) {
        TaskHistory history = new TaskHistory(rules, seed);
        history.play();
        return history.invariants.violations().stream()
                .map(one -> "seed " + seed + ": " + one + " after " + history.steps)
                .toList();
    }

    private void play() {
        model.propose();
        for (int step = 0; step < STEPS && invariants.violations().isEmpty(); step++) {
            anything();
            stepped();
        }
        heal();
    }

    private void anything() {
        int dice = random.nextInt(200);
        if (dice < 1) {
            tell("cancel");
            if (model.cancel()) {
                invariants.cancelled();
            }
        } else if (dice < 2) {
            tell("deny");
            model.deny();
        } else if (dice < 6) {
            tell("drift");
            model.drift();
        } else if (dice < 12) {
            tell("hold");
            model.hold(true);
        } else if (dice < 24) {
            tell("release");
            model.hold(false);
        } else if (dice < 27) {
            tell("retry");
            model.retry();
        } else if (dice < 50) {
            tell("approve");
            model.approve(exclusions());
        } else if (dice < 80) {
            tell("check");
            model.check();
        } else if (dice < 84) {
            model.packaged |= model.tasks.stream().allMatch(task -> task.state.terminal());
        } else {
            work(model.tasks.get(random.nextInt(model.tasks.size())), false);
        }
    }

    private List<ModelTask> exclusions() {
        return random.nextInt(3) > 0
                ? List.of()
                : model.tasks.stream()
                        .filter(task -> task.kind != TaskKind.EXPORT && random.nextInt(8) == 0)
                        .toList();
    }

    /** Lets one task get on, well or not. */
    private void work(ModelTask task, boolean healed) {
        TaskState next = next(task, healed || random.nextInt(10) < 7);
        if (task.is(TaskKind.DELETE, TaskState.READY)) {
            if (model.begin(task)) {
                tell("begin " + task);
                invariants.begun(task);
            }
        } else if (next != null && !model.stage.ended()) {
            tell(task + " -> " + next);
            task.enter(next, next == TaskState.SKIPPED ? Reason.POISON : null);
        }
    }

    private @Nullable TaskState next(ModelTask task, boolean good) {
        return switch (task.state) {
            case READY -> good ? TaskState.EXPORTED : pick(TaskState.FAILED, TaskState.SOURCE_RETIRED);
            case RUNNING ->
                good
                        ? pick(TaskState.VERIFYING, TaskState.AWAITING_UPSTREAM)
                        : pick(
                                TaskState.RETRY_WAIT,
                                TaskState.READY,
                                TaskState.FAILED,
                                TaskState.SKIPPED,
                                TaskState.SOURCE_RETIRED);
            case AWAITING_UPSTREAM -> good ? TaskState.VERIFYING : pick(TaskState.FAILED, TaskState.RETRY_WAIT);
            case RETRY_WAIT -> TaskState.READY;
            case NEEDS_ACTION -> good ? TaskState.VERIFYING : null;
            case VERIFYING -> good ? proven(task) : task.kind == TaskKind.MANUAL ? null : TaskState.UNVERIFIED;
            default -> null;
        };
    }

    private TaskState proven(ModelTask task) {
        if (task.kind == TaskKind.MANUAL) {
            return TaskState.CONFIRMED;
        }
        return task.coveredBy != null ? TaskState.COVERED : pick(TaskState.DELETED, TaskState.ABSENT);
    }

    private TaskState pick(TaskState... states) {
        return states[random.nextInt(states.length)];
    }

    /** From now on all goes well: a job that has not ended by itself soon never will. */
    private void heal() {
        int rounds = 20 + 6 * model.tasks.size();
        while (rounds > 0 && !model.stage.ended() && invariants.violations().isEmpty()) {
            rounds--;
            tell("heal");
            model.hold(false);
            model.approve(List.of());
            model.check();
            for (ModelTask task : model.tasks) {
                work(task, true);
            }
            model.packaged |= model.tasks.stream().allMatch(task -> task.state.terminal());
            stepped();
        }
        invariants.require(
                model.stage.ended() || !invariants.violations().isEmpty(), "never ends: " + model.stage + model.tasks);
    }

    private void stepped() {
        model.reconsider();
        invariants.stepped();
    }

    private void tell(String step) {
        steps.add(step);
    }
}
