package io.dsrbroker.job;

import io.dsrbroker.catalogue.Call;
import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.OwnerRule;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.catalogue.UriTemplate;
import io.dsrbroker.shared.JobId;
import io.dsrbroker.shared.Uuids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says which tasks a place gives birth to; ids are derived, so the same birth twice is one task. */
@Component
public class Births {

    private static final Set<String> IDENTIFIERS = Set.of("authorId", "objectId");

    private final Catalogue catalogue;

    Births(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The target itself, as the place where its roots lie. */
    NewContainer root(JobContext job, int ordinal) {
        Target target = job.targets().get(ordinal);
        return new NewContainer(
                containerId(job.id(), ordinal, "", job.id().value(), ""),
                ordinal,
                null,
                Owner.UNKNOWN,
                Variables.normal(target.variables()),
                PackagePath.segment(job.folders().get(ordinal)),
                null,
                null,
                false);
    }

    /** The first tasks of a target. */
    List<NewTask> firstTasks(JobContext job, NewContainer root) {
        Place place = new Place(root.id(), root.target(), root.owner(), null, root.variables(), root.path(), null);
        return discoveries(
                job,
                1,
                place,
                catalogue.roots(job.targets().get(root.target()).kind().word()));
    }

    /** The tasks that find what lies in a place. */
    public List<NewTask> within(JobContext job, int pass, Place place, ResourceType type) {
        return discoveries(
                job,
                pass,
                place,
                catalogue.childrenOf(type).stream()
                        .filter(child -> child.itemsOf() == null)
                        .toList());
    }

    private List<NewTask> discoveries(JobContext job, int pass, Place place, List<ResourceType> types) {
        List<NewTask> tasks = new ArrayList<>();
        for (ResourceType type : types) {
            if (type.single() && job.type() == RequestType.EXPORT) {
                tasks.add(single(job, place, type));
                continue;
            }
            List<String> origins = type.origins();
            if (origins.isEmpty()) {
                tasks.add(discovery(job, pass, place, type, null));
            } else {
                origins.forEach(origin -> tasks.add(discovery(job, pass, place, type, origin)));
            }
        }
        return tasks;
    }

    private NewTask discovery(JobContext job, int pass, Place place, ResourceType type, @Nullable String origin) {
        UUID waitsFor = type.owner() instanceof OwnerRule.SameAs same
                ? taskId(job.id(), TaskKind.DISCOVER, place, same.type(), "")
                : null;
        NewTask task = new NewTask(
                taskId(job.id(), TaskKind.DISCOVER, place, type.name(), origin == null ? "" : origin),
                place.target(),
                place.id(),
                TaskKind.DISCOVER,
                type.name(),
                origin,
                waitsFor == null ? TaskState.READY : TaskState.BLOCKED,
                null,
                null,
                null,
                null,
                place.id(),
                lane(type, place.variables()),
                type.upstream(),
                waitsFor,
                pass,
                null,
                null);
        return unlessUnidentified(job, task, discoveryCall(type, place));
    }

    private NewTask single(JobContext job, Place place, ResourceType type) {
        NewTask task = new NewTask(
                taskId(job.id(), TaskKind.EXPORT, place, type.name(), SINGLE_KEY),
                place.target(),
                place.id(),
                TaskKind.EXPORT,
                type.name(),
                SINGLE_KEY,
                TaskState.READY,
                null,
                null,
                null,
                Owner.SUBJECT,
                null,
                lane(type, place.variables()),
                type.upstream(),
                null,
                1,
                null,
                null);
        return unlessUnidentified(job, task, type.get());
    }

    /** The key of a thing of which the subject has exactly one; its real key is an identifier. */
    public static final String SINGLE_KEY = "profile";

    /** The call by which a type is found at a place: the item's where the target names it, else the list's. */
    public static @Nullable Call discoveryCall(ResourceType type, Place place) {
        boolean named = type.variable() != null && place.variables().containsKey(type.variable());
        return named || type.list() == null ? type.get() : type.list();
    }

    private static NewTask unlessUnidentified(JobContext job, NewTask task, @Nullable Call call) {
        if (call == null) {
            return task;
        }
        Set<String> missing = new HashSet<>(call.variables());
        missing.retainAll(IDENTIFIERS);
        missing.removeAll(job.subject().variables().keySet());
        if (missing.isEmpty()) {
            return task;
        }
        String field = missing.contains("authorId") ? "galleryAuthorId" : "objectId";
        return task.in(
                TaskState.SKIPPED,
                Reason.NO_IDENTIFIER,
                "The request gives no " + field + ", by which alone this can be asked for.",
                "Send a new request with the subject's " + field + ".");
    }

    /** The lane that a type's calls at this place share. */
    public String lane(ResourceType type, Map<String, String> variables) {
        UriTemplate template = catalogue.upstreamOf(type).lane();
        Map<String, String> values = new HashMap<>(variables);
        values.putIfAbsent("location", "unknown");
        values.putIfAbsent("subscriptionId", "unknown");
        return template.expand(values);
    }

    /** The id of the container that stands for a thing found at a place. */
    public static UUID containerId(JobId job, Place place, String type, String key) {
        return containerId(job, place.target(), type, place.id(), key);
    }

    private static UUID containerId(JobId job, int target, String type, UUID place, String key) {
        return Uuids.derived(job.value(), "container", String.valueOf(target), type, place.toString(), key);
    }

    /** The id of a task about a thing found at a place. */
    public static UUID taskId(JobId job, TaskKind kind, Place place, String type, String key) {
        return taskId(job, kind, place.target(), place.id(), type, key);
    }

    /** The id of the DISCOVER task that finds things of a type in a container. */
    static UUID finderId(JobId job, int target, UUID container, String type) {
        return taskId(job, TaskKind.DISCOVER, target, container, type, "");
    }

    private static UUID taskId(JobId job, TaskKind kind, int target, UUID container, String type, String key) {
        return Uuids.derived(job.value(), kind.name(), String.valueOf(target), type, container.toString(), key);
    }
}
