package io.dsrbroker.simulator;

import java.util.function.Function;

/** What the three services of a project's stores have in common: one path, one way to find the project, one error shape. */
final class ProjectCalls {

    private static final String PROJECT = "/v1.0/subscriptions/{subscription}/resourceGroups/{group}"
            + "/providers/Microsoft.MachineLearningExperimentation/accounts/{account}"
            + "/workspaces/{workspace}/projects/{project}";

    private final Estate estate;
    private final SimulatorSettings settings;
    private final String component;

    ProjectCalls(Estate estate, SimulatorSettings settings, String component) {
        this.estate = estate;
        this.settings = settings;
        this.component = component;
    }

    Route get(int row, String prefix, String path, Function<Project, Function<Call, Reply>> handler) {
        return Route.bearer(row, "GET", "/{location}/" + prefix + PROJECT + path, null, call -> {
            var project = estate.stores(call.project(), settings.clock.instant());
            return project == null || !Ids.squeezed(project.location()).equals(call.variable("location"))
                    ? missing("Project", call.variable("project"))
                    : handler.apply(project).apply(call);
        });
    }

    Reply missing(String what, String key) {
        return Errors.history(404, what + "NotFound", what + " " + key + " was not found", component);
    }

    Reply invalid(String message) {
        return Errors.history(400, "BadArgument", message, component);
    }
}
