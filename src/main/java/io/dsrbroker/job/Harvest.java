package io.dsrbroker.job;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.Documents;
import io.dsrbroker.catalogue.OwnerRule;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.shared.Digests;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Turns what a list answered into containers and tasks: whose each item is, and what is to be done with it. */
@Component
public class Harvest {

    private final Catalogue catalogue;
    private final Births births;

    Harvest(Catalogue catalogue, Births births) {
        this.catalogue = catalogue;
        this.births = births;
    }

    /** What a container's row says of its owner. */
    public record Standing(Owner owner, @Nullable Decision decision) {}

    /** The ids of the containers whose owner the items of a list share; look them up before {@link #of}. */
    public Set<UUID> ownersAskedFor(JobContext job, ResourceType type, Place place, List<JsonNode> items) {
        Set<UUID> ids = new HashSet<>();
        if (type.owner() instanceof OwnerRule.SameAs same) {
            items.forEach(item -> Documents.text(item, same.by())
                    .ifPresent(key -> ids.add(Births.containerId(job.id(), place, same.type(), key))));
        }
        return ids;
    }

    /** What the items of a list, found at a place, give birth to. */
    public Brood of(
            JobContext job, ResourceType type, Place place, List<JsonNode> items, Map<UUID, Standing> standings) {
        Brood brood = new Brood();
        for (JsonNode item : items) {
            if (type.container()) {
                container(job, type, place, item, brood);
            } else {
                resource(job, type, place, item, standings, brood);
            }
        }
        return brood;
    }

    private void container(JobContext job, ResourceType type, Place place, JsonNode item, Brood brood) {
        String key = Documents.key(type, item)
                .or(() -> Optional.ofNullable(place.variables().get(type.variable())))
                .orElseGet(() -> substitute(item));
        Map<String, String> variables = variables(type, place, key, item);
        boolean named = type.variable() != null && place.variables().containsKey(type.variable());
        String path = named && type.parent() == null ? place.path() : path(type, place, variables);
        UUID id = Births.containerId(
                job.id(), place, type.name(), variables.getOrDefault("resourceGroupName", "") + "/" + key);
        brood.add(new NewContainer(id, place.target(), type.name(), key, Owner.UNKNOWN, variables, path, false));
        brood.countContainer();
        Place inside = new Place(id, place.target(), Owner.UNKNOWN, null, variables, path);
        Target target = job.targets().get(place.target());
        if (target.all() && !onTheWay(type, target)) {
            brood.add(task(job, type, inside, key, Owner.UNKNOWN, null, TaskState.READY));
        }
        brood.addAll(births.within(job, inside, type));
    }

    /** Whether the target lies further down: then this container is not the subject's, whatever the target is. */
    private boolean onTheWay(ResourceType type, Target target) {
        return catalogue.childrenOf(type).stream()
                .anyMatch(child -> child.container()
                        && child.variable() != null
                        && target.variables().containsKey(child.variable()));
    }

    private void resource(
            JobContext job, ResourceType type, Place place, JsonNode item, Map<UUID, Standing> standings, Brood brood) {
        Optional<String> named = Documents.key(type, item);
        String key = named.orElseGet(() -> substitute(item));
        UUID sharedWith = sharedOwner(job, type, place, item);
        Standing standing = standing(type, place, item, job.subject(), standings, sharedWith);
        brood.count(standing.owner());
        if (type.path() != null) {
            Map<String, String> variables = variables(type, place, key, item);
            brood.add(new NewContainer(
                    Births.containerId(job.id(), place, type.name(), key),
                    place.target(),
                    type.name(),
                    key,
                    standing.owner(),
                    variables,
                    path(type, place, variables),
                    false));
        }
        Target target = job.targets().get(place.target());
        if (!target.all() && standing.owner() == Owner.OTHERS) {
            return;
        }
        Place lies = filedUnder(type, place, sharedWith, standings);
        if (named.isEmpty() && type.get() != null) {
            brood.add(task(job, type, lies, key, standing.owner(), sharedWith, TaskState.FAILED)
                    .in(TaskState.FAILED, Reason.POISON, "The list gives it no key to fetch it by.", null));
            return;
        }
        born(
                type,
                task(job, type, lies, key, standing.owner(), sharedWith, readyState(type)),
                item,
                target,
                standing,
                brood);
        for (ResourceType other : catalogue.itemsOf(type)) {
            born(
                    other,
                    task(job, other, lies, key, standing.owner(), sharedWith, TaskState.READY),
                    item,
                    target,
                    standing,
                    brood);
        }
    }

    private static void born(
            ResourceType type, NewTask task, JsonNode item, Target target, Standing standing, Brood brood) {
        boolean documentCame = type.get() == null && type.content() == null;
        NewTask decided = decided(task, target, standing);
        brood.add(decided);
        if (documentCame && decided.state() != TaskState.SKIPPED) {
            brood.keep(decided.id(), item);
        }
    }

    /** What is done with a thing of unknown owner: a decision about its container first, then the request's wish. */
    private static NewTask decided(NewTask task, Target target, Standing standing) {
        if (target.all() || standing.owner() == Owner.SUBJECT || standing.decision() == Decision.INCLUDE) {
            return task;
        }
        Target.UnknownOwner wish = standing.decision() == Decision.EXCLUDE
                ? Target.UnknownOwner.EXCLUDE
                : Optional.ofNullable(target.unknownOwner()).orElse(Target.UnknownOwner.REVIEW);
        return switch (wish) {
            case INCLUDE -> task;
            case EXCLUDE ->
                task.in(TaskState.SKIPPED, Reason.EXCLUDED, "Nothing says whose it is, and it was left out.", null);
            case REVIEW ->
                task.in(
                        TaskState.NEEDS_ACTION,
                        Reason.OWNER_UNKNOWN,
                        "Nothing in it says whose it is.",
                        "Decide whether it belongs to the subject: INCLUDE or EXCLUDE.");
        };
    }

    private static TaskState readyState(ResourceType type) {
        return type.get() == null && type.attach() == null ? TaskState.EXPORTED : TaskState.READY;
    }

    private static @Nullable UUID sharedOwner(JobContext job, ResourceType type, Place place, JsonNode item) {
        return switch (type.owner()) {
            case OwnerRule.SameAs same ->
                Documents.text(item, same.by())
                        .map(key -> Births.containerId(job.id(), place, same.type(), key))
                        .orElse(null);
            case OwnerRule.ByContainer ignored -> place.id();
            case OwnerRule.BySubject ignored -> null;
            case OwnerRule.ByDocument ignored -> null;
            case OwnerRule.Unknown ignored -> null;
        };
    }

    private static Standing standing(
            ResourceType type,
            Place place,
            JsonNode item,
            Subject subject,
            Map<UUID, Standing> standings,
            @Nullable UUID sharedWith) {
        return switch (type.owner()) {
            case OwnerRule.BySubject ignored -> new Standing(Owner.SUBJECT, null);
            case OwnerRule.ByDocument rule -> new Standing(Ownership.of(rule, item, subject), null);
            case OwnerRule.ByContainer ignored -> new Standing(place.owner(), place.decision());
            case OwnerRule.SameAs ignored ->
                Optional.ofNullable(sharedWith).map(standings::get).orElse(new Standing(Owner.UNKNOWN, null));
            case OwnerRule.Unknown ignored -> new Standing(Owner.UNKNOWN, null);
        };
    }

    /** Where an item is filed: under the thing whose owner it shares, if the rule says so and that thing was found. */
    private static Place filedUnder(
            ResourceType type, Place place, @Nullable UUID sharedWith, Map<UUID, Standing> standings) {
        boolean within = type.owner() instanceof OwnerRule.SameAs same && same.within();
        return within && sharedWith != null && standings.containsKey(sharedWith)
                ? new Place(sharedWith, place.target(), place.owner(), null, place.variables(), place.path())
                : place;
    }

    private NewTask task(
            JobContext job,
            ResourceType type,
            Place lies,
            String key,
            Owner owner,
            @Nullable UUID ownerContainer,
            TaskState state) {
        return new NewTask(
                Births.taskId(job.id(), TaskKind.EXPORT, lies, type.name(), key),
                lies.target(),
                lies.id(),
                TaskKind.EXPORT,
                type.name(),
                key,
                state,
                null,
                null,
                null,
                owner,
                ownerContainer,
                births.lane(type, lies.variables()),
                type.upstream(),
                null);
    }

    /** A thing without a key is told apart by its content. */
    private static String substitute(JsonNode item) {
        return "unnamed-" + Digests.hex(item.toString()).substring(0, 12);
    }

    /** Every variable known inside a thing. */
    public static Map<String, String> variables(ResourceType type, Place place, String key, JsonNode document) {
        Map<String, String> variables = new HashMap<>(place.variables());
        if (type.variable() != null) {
            variables.put(type.variable(), key);
        }
        type.captures()
                .forEach((name, capture) -> Documents.capture(capture, document)
                        .or(() -> Optional.ofNullable(capture.otherwise()).map(variables::get))
                        .ifPresent(value -> variables.put(name, value)));
        return Variables.normal(variables);
    }

    private static String path(ResourceType type, Place place, Map<String, String> variables) {
        if (type.path() == null) {
            return place.path();
        }
        StringBuilder path = new StringBuilder(place.path());
        for (String part : type.path().toString().split("/", -1)) {
            String value = part.startsWith("{") ? variables.get(part.substring(1, part.length() - 1)) : part;
            path.append('/').append(PackagePath.segment(value == null ? "unknown" : value));
        }
        return path.toString();
    }

    /** The row of a thing in which others lie, once its own document is known. */
    public NewContainer refined(JobContext job, ResourceType type, Place place, String key, JsonNode document) {
        Map<String, String> variables = variables(type, place, key, document);
        return new NewContainer(
                Births.containerId(job.id(), place, type.name(), key),
                place.target(),
                type.name(),
                key,
                Owner.UNKNOWN,
                variables,
                path(type, place, variables),
                true);
    }
}
