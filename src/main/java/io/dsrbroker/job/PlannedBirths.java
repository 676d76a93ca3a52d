package io.dsrbroker.job;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.Documents;
import io.dsrbroker.catalogue.OwnerRule;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says what a delete plans to do with what was found; nothing that was found is silently absent. */
@Component
class PlannedBirths {

    private final Catalogue catalogue;
    private final Births births;
    private final PlanItems items;
    private final Vault vault;

    PlannedBirths(Catalogue catalogue, Births births, PlanItems items, Vault vault) {
        this.catalogue = catalogue;
        this.births = births;
        this.items = items;
        this.vault = vault;
    }

    private record Intention(
            PlanAction action,
            @Nullable Reason reason,
            @Nullable UUID coveredBy) {}

    /** What people decided in a delete about things of unknown owner, by their tasks. */
    Map<UUID, Decision> decisions(JobContext job, List<Sighting> sightings) {
        if (job.type() == RequestType.EXPORT) {
            return Map.of();
        }
        Set<UUID> asked = sightings.stream()
                .filter(seen -> seen.standing().owner() == Owner.UNKNOWN)
                .map(seen -> seen.taskId(job.id(), TaskKind.DELETE))
                .collect(Collectors.toSet());
        return items.decisions(job.id(), asked);
    }

    /** Adds the plan's row of a sighting, and its task. */
    void plan(JobContext job, int pass, Sighting seen, Brood brood) {
        ResourceType type = seen.type();
        Intention intention = intention(job, seen);
        TaskKind kind = intention.action() == PlanAction.MANUAL ? TaskKind.MANUAL : TaskKind.DELETE;
        UUID id = seen.taskId(job.id(), kind);
        brood.add(new PlanItem(
                id,
                seen.lies().target(),
                seen.lies().id(),
                type.name(),
                seen.key(),
                seen.standing().owner(),
                person(seen),
                intention.action(),
                intention.reason(),
                intention.coveredBy()));
        PlanState state = PlanState.of(intention.action(), intention.reason());
        brood.add(new NewTask(
                id,
                seen.lies().target(),
                seen.lies().id(),
                kind,
                type.name(),
                seen.key(),
                state.state(),
                intention.reason(),
                state.detail(),
                state.nextStep(),
                seen.standing().owner(),
                seen.sharedWith(),
                births.lane(type, seen.lies().variables()),
                type.upstream(),
                null,
                pass,
                seen.foundBy(),
                intention.coveredBy()));
    }

    private Intention intention(JobContext job, Sighting seen) {
        ResourceType type = seen.type();
        boolean covered = catalogue.covering(type).isPresent();
        if (type.manual() == null && type.delete() == null && !covered) {
            return new Intention(PlanAction.OUT_OF_SCOPE, Reason.NOT_OFFERED, null);
        }
        Optional<Reason> stays = stays(job, seen);
        if (stays.isPresent()) {
            return new Intention(PlanAction.SKIPPED, stays.get(), null);
        }
        if (!seen.named() && type.delete() != null) {
            return new Intention(PlanAction.SKIPPED, Reason.POISON, null);
        }
        if (type.manual() != null) {
            return new Intention(PlanAction.MANUAL, null, null);
        }
        if (type.delete() != null) {
            return new Intention(PlanAction.DELETE, null, null);
        }
        UUID remover = seen.lies().remover();
        return remover == null
                ? new Intention(PlanAction.SKIPPED, Reason.NO_OWN_DELETE, null)
                : new Intention(PlanAction.COVERED, null, remover);
    }

    /** Why a thing of unknown owner is left alone. */
    private static Optional<Reason> stays(JobContext job, Sighting seen) {
        Target target = job.targets().get(seen.lies().target());
        if (target.all() || seen.standing().owner() == Owner.SUBJECT) {
            return Optional.empty();
        }
        Decision decision = seen.standing().decision();
        if (decision != null) {
            return decision == Decision.INCLUDE ? Optional.empty() : Optional.of(Reason.EXCLUDED);
        }
        Target.UnknownOwner wish = Optional.ofNullable(target.unknownOwner()).orElse(Target.UnknownOwner.REVIEW);
        return switch (wish) {
            case INCLUDE -> Optional.empty();
            case EXCLUDE -> Optional.of(Reason.EXCLUDED);
            case REVIEW -> Optional.of(Reason.OWNER_UNKNOWN);
        };
    }

    private @Nullable String person(Sighting seen) {
        if (seen.standing().owner() != Owner.OTHERS || !(seen.type().owner() instanceof OwnerRule.ByDocument rule)) {
            return null;
        }
        return Documents.text(seen.item(), rule.objectId())
                .or(() -> Documents.text(seen.item(), rule.userName()))
                .map(person -> vault.fingerprint(person.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)))
                .orElse(null);
    }
}
