package io.dsrbroker.simulator;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Deletes experimentation accounts, workspaces and projects, and keeps the stores of deleted projects for their last minutes. */
final class Deletions {

    private final Estate estate;
    private final ConcurrentMap<String, Doomed> doomed = new ConcurrentHashMap<>();

    Deletions(Estate estate) {
        this.estate = estate;
    }

    private record Doomed(Project project, Instant until) {}

    /** What a deletion found. */
    enum Deletion {
        /** It was there and is not any more. */
        DELETED,
        /** It was not there. */
        ABSENT,
        /** Something is in it, or was until a moment ago. */
        HAS_CHILDREN
    }

    /** The stores of a deleted project while they last. */
    @Nullable
    Project doomed(Place place, Instant now) {
        var key = key(place);
        var entry = doomed.get(key);
        if (entry == null) {
            return null;
        }
        if (now.isBefore(entry.until())) {
            return entry.project();
        }
        doomed.remove(key, entry);
        return null;
    }

    List<Project> doomed(Instant now) {
        return doomed.values().stream()
                .filter(entry -> now.isBefore(entry.until()))
                .map(Doomed::project)
                .toList();
    }

    synchronized Deletion project(Place place, Instant storesUntil, Instant parentBusyUntil) {
        var space = estate.space(place);
        var project = space == null ? null : space.projects().remove(place.projectName());
        if (space == null || project == null) {
            return Deletion.ABSENT;
        }
        doomed.put(key(place), new Doomed(project, storesUntil));
        space.busyUntil().set(parentBusyUntil);
        return Deletion.DELETED;
    }

    synchronized Deletion space(Place place, Instant now, Instant parentBusyUntil) {
        var lab = estate.lab(place);
        var space = estate.space(place);
        if (lab == null || space == null) {
            return Deletion.ABSENT;
        }
        if (!space.projects().isEmpty() || now.isBefore(space.busyUntil().get())) {
            return Deletion.HAS_CHILDREN;
        }
        lab.spaces().remove(place.workspaceName());
        lab.busyUntil().set(parentBusyUntil);
        return Deletion.DELETED;
    }

    synchronized Deletion lab(Place place, Instant now) {
        var group = estate.group(place.subscriptionId(), place.resourceGroup());
        var lab = estate.lab(place);
        if (group == null || lab == null) {
            return Deletion.ABSENT;
        }
        if (!lab.spaces().isEmpty() || now.isBefore(lab.busyUntil().get())) {
            return Deletion.HAS_CHILDREN;
        }
        group.labs().remove(place.accountName());
        return Deletion.DELETED;
    }

    private static String key(Place place) {
        return Ids.lower(place.armId());
    }
}
