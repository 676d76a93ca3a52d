package io.dsrbroker.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds the document that an upstream would serve for an object. */
final class Documents {

    private Documents() {}

    /** The document of this type and key in this place; null when there is none. */
    static @Nullable JsonNode find(Estate estate, Instant now, String type, Place place, String key) {
        if (type.startsWith("gallery-")) {
            return gallery(estate, type, key);
        }
        var group = estate.group(place.subscriptionId(), place.resourceGroup());
        if (group == null) {
            return null;
        }
        var project = place.project() == null ? null : estate.stores(place, now);
        return switch (type) {
            case "hosting-account" -> group.hostingAccounts().get(key);
            case "model", "manifest", "image", "service" -> model(group, type, place, key);
            case "compute" -> {
                var workspace = group.mlWorkspaces().get(place.workspaceName());
                yield workspace == null ? null : workspace.computes().get(key);
            }
            case "operationalization-cluster" -> group.clusters().get(key);
            case "experimentation-account" -> {
                var lab = group.labs().get(key);
                yield lab == null ? null : lab.document();
            }
            case "experimentation-workspace" -> {
                var space = estate.space(place.workspace(key));
                yield space == null ? null : space.document();
            }
            case "project" -> {
                var found = estate.project(place.project(key));
                yield found == null ? null : found.document();
            }
            default -> project == null ? null : inProject(project, type, key);
        };
    }

    private static @Nullable JsonNode gallery(Estate estate, String type, String key) {
        if (type.equals("gallery-user")) {
            var author = estate.author(key);
            return author == null ? null : author.document();
        }
        for (var author : estate.authors()) {
            var entity = author.all().get(key);
            if (entity != null) {
                return entity;
            }
        }
        return null;
    }

    private static @Nullable JsonNode model(Group group, String type, Place place, String key) {
        var store = group.modelStores().get(place.accountName());
        if (store == null) {
            return null;
        }
        return switch (type) {
            case "model" -> store.models().get(key);
            case "manifest" -> store.manifests().get(key);
            case "image" -> store.images().get(key);
            default -> store.services().get(key);
        };
    }

    private static @Nullable JsonNode inProject(Project project, String type, String key) {
        return switch (type) {
            case "run" -> {
                var held = project.runs().get(key);
                yield held == null ? null : HistoryDocuments.run(project, held.run());
            }
            case "experiment" -> project.experiments().get(key);
            case "run-metric" -> {
                var metric = project.metrics().get(key);
                yield metric == null ? null : HistoryDocuments.metric(project, metric.run(), metric.index());
            }
            case "asset" -> {
                var asset = project.assets().get(key);
                yield asset == null ? null : asset.document();
            }
            case "artifact", "run-artifact" -> {
                int slash = key.indexOf('/');
                var held = slash < 0 ? null : project.runs().get(key.substring(0, slash));
                var artifact = held == null ? null : held.artifacts().get(key.substring(slash + 1));
                yield held == null || artifact == null
                        ? null
                        : HistoryDocuments.artifact(project, held.run(), artifact);
            }
            case "notification-job" -> {
                for (var jobs : project.jobs().values()) {
                    var job = jobs.get(key);
                    if (job != null) {
                        yield job;
                    }
                }
                yield null;
            }
            default -> throw new IllegalArgumentException("no documents of type " + type);
        };
    }

    /** The bytes of an artifact; null when there is none. */
    static @Nullable Content content(Estate estate, Instant now, Place place, String runId, String path) {
        var project = estate.stores(place, now);
        var held = project == null ? null : project.runs().get(runId);
        var artifact = held == null ? null : held.artifacts().get(path);
        return artifact == null ? null : artifact.content();
    }
}
