package io.dsrbroker.job;

import io.dsrbroker.catalogue.ResourceType;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Says what is to be exported of what was found. */
@Component
class ExportBirths {

    private final Births births;

    ExportBirths(Births births) {
        this.births = births;
    }

    /** Gives birth to the EXPORT task of a sighting; {@code decisions} are those of a delete, by its tasks. */
    void export(JobContext job, Sighting seen, Map<UUID, Decision> decisions, Brood brood) {
        ResourceType type = seen.type();
        NewTask task = task(job, seen);
        if (!seen.named() && type.get() != null) {
            brood.add(task.in(TaskState.FAILED, Reason.POISON, "The list gives it no key to fetch it by.", null));
            return;
        }
        NewTask decided = decided(job, task, seen, decisions.get(seen.taskId(job.id(), TaskKind.DELETE)));
        brood.add(decided);
        boolean documentCame = type.get() == null && type.content() == null;
        if (documentCame && decided.state() != TaskState.SKIPPED) {
            brood.keep(decided.id(), seen.item());
        }
    }

    /** What is done with a thing of unknown owner: a decision about it or its container first, then the request's wish. */
    private static NewTask decided(
            JobContext job, NewTask task, Sighting seen, @org.jspecify.annotations.Nullable Decision own) {
        Target target = job.targets().get(seen.lies().target());
        Decision decision = own == null ? seen.standing().decision() : own;
        if (target.all() || seen.standing().owner() == Owner.SUBJECT || decision == Decision.INCLUDE) {
            return task;
        }
        Target.UnknownOwner wish = decision == Decision.EXCLUDE
                ? Target.UnknownOwner.EXCLUDE
                : Optional.ofNullable(target.unknownOwner()).orElse(Target.UnknownOwner.REVIEW);
        return switch (wish) {
            case INCLUDE -> task;
            case EXCLUDE ->
                task.in(TaskState.SKIPPED, Reason.EXCLUDED, "Nothing says whose it is, and it was left out.", null);
            case REVIEW ->
                job.type() == RequestType.EXPORT
                        ? task.in(
                                TaskState.NEEDS_ACTION,
                                Reason.OWNER_UNKNOWN,
                                "Nothing in it says whose it is.",
                                "Decide whether it belongs to the subject: INCLUDE or EXCLUDE.")
                        : task.in(
                                TaskState.SKIPPED,
                                Reason.OWNER_UNKNOWN,
                                "Nothing in it says whose it is, and nobody had decided when the plan was approved.",
                                null);
        };
    }

    private NewTask task(JobContext job, Sighting seen) {
        ResourceType type = seen.type();
        boolean content = type.content() != null;
        TaskState state =
                type.get() == null && type.attach() == null && !content ? TaskState.EXPORTED : TaskState.READY;
        return new NewTask(
                seen.taskId(job.id(), TaskKind.EXPORT),
                seen.lies().target(),
                seen.lies().id(),
                TaskKind.EXPORT,
                type.name(),
                seen.key(),
                state,
                null,
                null,
                null,
                seen.standing().owner(),
                seen.sharedWith(),
                births.lane(type, seen.lies().variables()),
                type.upstream(),
                null,
                1,
                seen.foundBy(),
                null);
    }
}
