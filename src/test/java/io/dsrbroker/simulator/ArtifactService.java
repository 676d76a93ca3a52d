package io.dsrbroker.simulator;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The artifact store, rows 37 to 39 and 41. */
final class ArtifactService {

    private static final String RUN_ORIGIN = "ExperimentRun";
    private static final Set<String> OTHER_ORIGINS =
            Set.of("localupload", "webupload", "dataset", "computerecord", "metric", "unknown");

    private final SimulatorSettings settings;
    private final Pager pager;
    private final ContentLinks links;
    private final ProjectCalls calls;

    ArtifactService(Estate estate, SimulatorSettings settings, Pager pager, ContentLinks links) {
        this.settings = settings;
        this.pager = pager;
        this.links = links;
        this.calls = new ProjectCalls(estate, settings, "artifact");
    }

    List<Route> routes() {
        return List.of(
                get(
                        37,
                        "/assets",
                        project ->
                                call -> pager.page(call, ListFamily.ASSETS, project.assets(), Project.Asset::document)),
                get(
                        38,
                        "/artifacts/origins/{origin}/containers/{container}",
                        project -> call -> artifacts(project, call)),
                get(
                        39,
                        "/artifacts/contentinfo/ExperimentRun/{container}/**",
                        project -> call -> contentInfo(project, call)),
                get(41, "/assets/name/{name}", project -> call -> asset(project, call)));
    }

    private Route get(int row, String path, Function<Project, Function<Call, Reply>> handler) {
        return calls.get(row, "artifact", path, handler);
    }

    private Reply artifacts(Project project, Call call) {
        var origin = call.variable("origin");
        if (!origin.equalsIgnoreCase(RUN_ORIGIN) && !OTHER_ORIGINS.contains(Ids.lower(origin))) {
            return calls.invalid("The origin is not known.");
        }
        var held = project.runsByContainer().get(call.variable("container"));
        if (held == null) {
            return calls.missing("Container", call.variable("container"));
        }
        var artifacts = origin.equalsIgnoreCase(RUN_ORIGIN) ? held.artifacts() : Bin.<Artifact>exact();
        return pager.page(
                call,
                ListFamily.ARTIFACTS,
                artifacts,
                artifact -> HistoryDocuments.artifact(project, held.run(), artifact));
    }

    private Reply contentInfo(Project project, Call call) {
        var held = project.runsByContainer().get(call.variable("container"));
        if (held == null) {
            return calls.missing("Container", call.variable("container"));
        }
        var path = String.join("/", call.tail());
        // A slash inside a segment was sent as %2F and is not a separator.
        boolean separated = call.tail().stream().noneMatch(segment -> segment.contains("/"));
        var artifact = separated ? held.artifacts().get(path) : null;
        return artifact == null
                ? calls.missing("Artifact", path)
                : Reply.ok(Json.object()
                        .put("contentUri", links.link(project, held.run(), artifact))
                        .put("origin", RUN_ORIGIN)
                        .put("container", call.variable("container"))
                        .put("path", path));
    }

    private Reply asset(Project project, Call call) {
        var asset = project.assets().get(call.variable("name"));
        if (asset == null) {
            return calls.missing("Asset", call.variable("name"));
        }
        if (!settings.assetVersionsAsList) {
            return Reply.ok(asset.document());
        }
        var list = Json.object();
        list.putArray("value").add(asset.document());
        return Reply.ok(list);
    }
}
