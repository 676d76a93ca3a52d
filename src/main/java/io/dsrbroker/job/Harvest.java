package io.dsrbroker.job;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.Documents;
import io.dsrbroker.catalogue.OwnerRule;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.shared.Digests;
import java.util.ArrayList;
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

    private static final String SUBSTITUTE = "unnamed-";

    private final Catalogue catalogue;
    private final Births births;
    private final ExportBirths exported;
    private final PlannedBirths planned;

    Harvest(Catalogue catalogue, Births births, ExportBirths exported, PlannedBirths planned) {
        this.catalogue = catalogue;
        this.births = births;
        this.exported = exported;
        this.planned = planned;
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

    /** What the items of a list, found by a DISCOVER task, give birth to. */
    public Brood of(
            JobContext job,
            ClaimedTask finder,
            ResourceType type,
            List<JsonNode> items,
            Map<UUID, Standing> standings) {
        Brood brood = new Brood();
        List<Sighting> sightings = new ArrayList<>();
        for (JsonNode item : items) {
            if (type.container()) {
                container(job, finder, type, item, brood).ifPresent(sightings::add);
            } else {
                sightings.addAll(resource(job, finder, type, item, standings, brood));
            }
        }
        if (job.type() == RequestType.DELETE) {
            sightings.forEach(sighting -> planned.plan(job, finder.pass(), sighting, brood));
        }
        if (job.type() == RequestType.EXPORT || finder.phase() == Phase.EXPORTING) {
            Map<UUID, Decision> decisions = planned.decisions(job, sightings);
            sightings.forEach(sighting -> exported.export(job, sighting, decisions, brood));
        }
        return brood;
    }

    private Optional<Sighting> container(
            JobContext job, ClaimedTask finder, ResourceType type, JsonNode item, Brood brood) {
        Place place = finder.place();
        Optional<String> known = Documents.key(type, item)
                .or(() -> Optional.ofNullable(place.variables().get(type.variable())));
        String key = known.orElseGet(() -> substitute(item));
        Map<String, String> variables = variables(type, place, key, item);
        boolean named = type.variable() != null && place.variables().containsKey(type.variable());
        String path = named && type.parent() == null ? place.path() : path(type, place, variables);
        UUID id = Births.containerId(
                job.id(), place, type.name(), variables.getOrDefault("resourceGroupName", "") + "/" + key);
        Target target = job.targets().get(place.target());
        boolean subjects = target.all() && !onTheWay(type, target);
        Place inside = new Place(id, place.target(), Owner.UNKNOWN, null, variables, path, place.remover());
        if (subjects && type.delete() != null) {
            UUID remover = Births.taskId(job.id(), TaskKind.DELETE, inside, type.name(), key);
            inside = new Place(id, place.target(), Owner.UNKNOWN, null, variables, path, remover);
        }
        brood.add(new NewContainer(
                id, place.target(), type.name(), Owner.UNKNOWN, variables, path, place.id(), inside.remover(), false));
        brood.countContainer();
        brood.addAll(births.within(job, finder.pass(), inside, type));
        Standing nobodys = new Standing(Owner.UNKNOWN, null);
        return subjects
                ? Optional.of(new Sighting(type, inside, key, known.isPresent(), nobodys, null, finder.id(), item))
                : Optional.empty();
    }

    /** Whether the target lies further down: then this container is not the subject's, whatever the target is. */
    private boolean onTheWay(ResourceType type, Target target) {
        return catalogue.childrenOf(type).stream()
                .anyMatch(child -> child.container()
                        && child.variable() != null
                        && target.variables().containsKey(child.variable()));
    }

    /** What is to be looked at of an item: itself, and what else there is one of for each. Nothing, if it is another's. */
    private List<Sighting> resource(
            JobContext job,
            ClaimedTask finder,
            ResourceType type,
            JsonNode item,
            Map<UUID, Standing> standings,
            Brood brood) {
        Place place = finder.place();
        Optional<String> named = Documents.key(type, item);
        String key = type.single() ? Births.SINGLE_KEY : named.orElseGet(() -> substitute(item));
        UUID sharedWith = sharedOwner(job, type, place, item);
        Standing standing = standing(type, place, item, job.subject(), standings, sharedWith);
        brood.count(standing.owner());
        Target target = job.targets().get(place.target());
        boolean others = !target.all() && standing.owner() == Owner.OTHERS;
        if (type.path() != null) {
            Map<String, String> variables = variables(type, place, key, item);
            UUID id = Births.containerId(job.id(), place, type.name(), key);
            String path = path(type, place, variables);
            brood.add(new NewContainer(
                    id,
                    place.target(),
                    type.name(),
                    standing.owner(),
                    variables,
                    path,
                    place.id(),
                    place.remover(),
                    false));
            if (job.type() == RequestType.DELETE && !others) {
                Place inside = new Place(
                        id, place.target(), standing.owner(), standing.decision(), variables, path, place.remover());
                brood.addAll(births.within(job, finder.pass(), inside, type));
            }
        }
        if (others) {
            return List.of();
        }
        boolean hasKey = named.isPresent() || type.single();
        Place lies = filedUnder(type, place, sharedWith, standings);
        Sighting itself = new Sighting(type, lies, key, hasKey, standing, sharedWith, finder.id(), item);
        List<Sighting> sightings = new ArrayList<>(List.of(itself));
        // Without a key nothing else of it could be fetched.
        if (hasKey || type.get() == null) {
            catalogue.itemsOf(type).forEach(other -> sightings.add(itself.as(other)));
        }
        return sightings;
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
        return within && sharedWith != null && standings.containsKey(sharedWith) ? place.filedUnder(sharedWith) : place;
    }

    /** A thing without a key is told apart by its content. */
    public static String substitute(JsonNode item) {
        return SUBSTITUTE + Digests.hex(item.toString()).substring(0, 12);
    }

    /** Whether a key is one that the list did not give. */
    static boolean isSubstitute(String key) {
        return key.startsWith(SUBSTITUTE);
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
                Owner.UNKNOWN,
                variables,
                path(type, place, variables),
                place.id(),
                place.remover(),
                true);
    }
}
