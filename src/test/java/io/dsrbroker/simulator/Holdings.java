package io.dsrbroker.simulator;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Counts what the upstreams hold for a person, straight from the estate; types are the resources of endpoints.csv. */
final class Holdings {

    private final Person subject;
    private final Select select;
    private final Map<String, Integer> counts = new TreeMap<>();

    private Holdings(Person subject, Select select) {
        this.subject = subject;
        this.select = select;
    }

    /** What is held in these places (everywhere when none are given); the stores of deleted projects count until they are gone. */
    static Map<String, Integer> count(Estate estate, Instant now, Person subject, Select select, Place... places) {
        var holdings = new Holdings(subject, select);
        var wanted = places.length == 0 ? estate.places() : Arrays.asList(places);
        for (var place : wanted) {
            switch (place.kind()) {
                case GALLERY_AUTHOR -> holdings.gallery(estate);
                case HOSTING_ACCOUNT -> holdings.hostingAccount(estate, place);
                case EXPERIMENTATION_ACCOUNT -> holdings.lab(estate, place, now);
                case ML_WORKSPACE -> holdings.computes(estate, place);
                case RESOURCE_GROUP -> holdings.clusters(estate, place);
                case SUBSCRIPTION -> holdings.subscription(estate, place, now);
            }
        }
        return holdings.counts;
    }

    private void add(String type, int number) {
        if (number > 0) {
            counts.merge(type, number, Integer::sum);
        }
    }

    private void addToAll(String type, int number) {
        if (select == Select.ALL) {
            add(type, number);
        }
    }

    private void gallery(Estate estate) {
        var author = estate.author(subject.authorId());
        if (author != null) {
            add("gallery-user", 1);
            add("gallery-entity", author.all().size());
        }
    }

    private void subscription(Estate estate, Place place, Instant now) {
        var groups = estate.subscription(place.subscriptionId());
        if (groups == null) {
            return;
        }
        for (var group : groups.values()) {
            group.labs().values().forEach(lab -> lab(estate, lab.place(), now));
            // Without its account a store of models can not be found any more.
            group.hostingAccounts().values().forEach(account -> {
                var name = account.path("name").stringValue("");
                hostingAccount(estate, Place.hostingAccount(group.subscriptionId(), group.name(), name));
            });
        }
    }

    private void hostingAccount(Estate estate, Place place) {
        var group = estate.group(place.subscriptionId(), place.resourceGroup());
        if (group == null) {
            return;
        }
        addToAll("hosting-account", group.hostingAccounts().get(place.accountName()) == null ? 0 : 1);
        var store = group.modelStores().get(place.accountName());
        if (store != null) {
            addToAll("model", store.models().size());
            addToAll("manifest", store.manifests().size());
            addToAll("image", store.images().size());
            addToAll("service", store.services().size());
        }
    }

    private void computes(Estate estate, Place place) {
        var group = estate.group(place.subscriptionId(), place.resourceGroup());
        var workspace = group == null ? null : group.mlWorkspaces().get(place.workspaceName());
        addToAll("compute", workspace == null ? 0 : workspace.computes().size());
    }

    private void clusters(Estate estate, Place place) {
        var group = estate.group(place.subscriptionId(), place.resourceGroup());
        addToAll(
                "operationalization-cluster",
                group == null ? 0 : group.clusters().size());
    }

    private void lab(Estate estate, Place place, Instant now) {
        var lab = estate.lab(place);
        if (lab != null && place.workspace() == null) {
            addToAll("experimentation-account", 1);
        }
        if (lab != null && place.project() == null) {
            addToAll(
                    "experimentation-workspace",
                    Math.toIntExact(lab.spaces().values().stream()
                            .filter(space -> place.contains(space.place()))
                            .count()));
        }
        for (var project : estate.liveProjects()) {
            if (place.contains(project.place())) {
                addToAll("project", 1);
                stores(project);
            }
        }
        for (var project : estate.deletions().doomed(now)) {
            if (place.contains(project.place())) {
                stores(project);
            }
        }
    }

    private void stores(Project project) {
        for (var held : project.runs().values()) {
            if (select == Select.ALL || held.run().owner().is(subject)) {
                add("run", 1);
                int artifacts = held.artifacts().size();
                add("run-metric", held.run().metrics());
                add("run-artifact", artifacts);
                add("artifact", artifacts);
                add("artifact-content", artifacts);
            }
        }
        for (var asset : project.assets().values()) {
            var held = asset.runId() == null ? null : project.runs().get(asset.runId());
            if (select == Select.ALL || (held != null && held.run().owner().is(subject))) {
                add("asset", 1);
            }
        }
        addToAll("experiment", project.experiments().size());
        // Jobs are listed by person, so there is no way to see those of others.
        add("notification-job", project.jobsOf(subject.objectId()).size());
    }
}
