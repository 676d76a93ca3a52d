package io.dsrbroker.simulator;

import java.util.List;
import java.util.function.Function;

/** The notification store, row 42: jobs are found by the person's object id only. */
final class NotificationService {

    private final SimulatorSettings settings;
    private final Pager pager;
    private final ProjectCalls calls;

    NotificationService(Estate estate, SimulatorSettings settings, Pager pager) {
        this.settings = settings;
        this.pager = pager;
        this.calls = new ProjectCalls(estate, settings, "notification");
    }

    List<Route> routes() {
        return List.of(calls.get(42, "notification", "/users/{user}/jobs", project -> call -> {
            var jobs = project.jobsOf(call.variable("user"));
            return jobs.isEmpty() && settings.jobsOfStrangersNotFound
                    ? calls.missing("User", call.variable("user"))
                    : pager.page(call, ListFamily.NOTIFICATION_JOBS, jobs, Function.identity());
        }));
    }
}
