package io.dsrbroker.simulator;

import java.util.List;
import java.util.function.Function;

/** Run history, rows 30 to 36 and 40. */
final class HistoryService {

    private final SimulatorSettings settings;
    private final Pager pager;
    private final ContentLinks links;
    private final ProjectCalls calls;

    HistoryService(Estate estate, SimulatorSettings settings, Pager pager, ContentLinks links) {
        this.settings = settings;
        this.pager = pager;
        this.links = links;
        this.calls = new ProjectCalls(estate, settings, "run-history");
    }

    List<Route> routes() {
        return List.of(
                get(
                        30,
                        "/runs",
                        project -> call -> pager.page(
                                call,
                                ListFamily.RUNS,
                                project.runs(),
                                held -> HistoryDocuments.run(project, held.run()))),
                get(
                        31,
                        "/experiments",
                        project -> call ->
                                pager.page(call, ListFamily.EXPERIMENTS, project.experiments(), Function.identity())),
                get(32, "/runs/{run}", project -> call -> run(project, call)),
                get(
                        33,
                        "/runmetrics",
                        project -> call -> pager.page(
                                call,
                                ListFamily.RUN_METRICS,
                                project.metrics(),
                                metric -> HistoryDocuments.metric(project, metric.run(), metric.index()))),
                get(34, "/experiments/{experiment}", project -> call -> experiment(project, call)),
                get(35, "/runs/{run}/artifacts", project -> call -> artifacts(project, call)),
                get(36, "/runs/{run}/artifacturi", project -> call -> artifactUri(project, call)));
    }

    private Route get(int row, String path, Function<Project, Function<Call, Reply>> handler) {
        return calls.get(row, "history", path, handler);
    }

    private Reply run(Project project, Call call) {
        var held = project.runs().get(call.variable("run"));
        return held == null
                ? calls.missing("Run", call.variable("run"))
                : Reply.ok(HistoryDocuments.run(project, held.run()));
    }

    private Reply experiment(Project project, Call call) {
        var experiment = project.experiments().get(call.variable("experiment"));
        return experiment == null ? calls.missing("Experiment", call.variable("experiment")) : Reply.ok(experiment);
    }

    private Reply artifacts(Project project, Call call) {
        var held = project.runs().get(call.variable("run"));
        return held == null
                ? calls.missing("Run", call.variable("run"))
                : pager.page(
                        call,
                        ListFamily.RUN_ARTIFACTS,
                        held.artifacts(),
                        artifact -> HistoryDocuments.artifact(project, held.run(), artifact));
    }

    private Reply artifactUri(Project project, Call call) {
        var held = project.runs().get(call.variable("run"));
        if (held == null) {
            return calls.missing("Run", call.variable("run"));
        }
        var artifact = held.artifacts().get(call.parameter("name"));
        if (artifact == null) {
            return calls.missing("Artifact", call.parameter("name"));
        }
        var uri = links.link(project, held.run(), artifact);
        return settings.artifactUriAsObject
                ? Reply.ok(Json.object().put("contentUri", uri))
                : Reply.ok(Json.MAPPER.getNodeFactory().stringNode(uri));
    }
}
