package io.dsrbroker.api;

import io.dsrbroker.api.RequestView.Counts;
import io.dsrbroker.api.RequestView.ExceptionView;
import io.dsrbroker.api.RequestView.Links;
import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.OutOfScope;
import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.JobViews.JobView;
import io.dsrbroker.job.RequestType;
import io.dsrbroker.job.TaskKind;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.job.TaskViews;
import io.dsrbroker.job.Unreachable;
import io.dsrbroker.shared.JobId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together what readers of requests see. */
@Component
class RequestViews {

    private static final int EXCEPTIONS = 100;
    private static final TaskViews.Filter ENDED_BADLY =
            new TaskViews.Filter(Set.of(TaskKind.values()), TaskViews.exceptions(), null, null);

    private final JobViews jobs;
    private final TaskViews tasks;
    private final Unreachable unreachable;
    private final Catalogue catalogue;

    RequestViews(JobViews jobs, TaskViews tasks, Unreachable unreachable, Catalogue catalogue) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.unreachable = unreachable;
        this.catalogue = catalogue;
    }

    RequestView one(JobId id) {
        JobView job = jobs.view(id);
        List<TargetView> targets = jobs.targets(id).entrySet().stream()
                .map(target -> TargetView.of(target.getKey(), target.getValue()))
                .toList();
        return view(job, targets);
    }

    List<RequestView> list(JobViews.Filter filter, int limit) {
        return jobs.list(filter, limit).stream().map(job -> view(job, null)).toList();
    }

    static Counts counts(JobView job) {
        return new Counts(job.total(), job.counts());
    }

    private RequestView view(JobView view, @Nullable List<TargetView> targets) {
        JobSummary job = view.job();
        return new RequestView(
                job.id().value(),
                job.externalId(),
                job.type(),
                job.regulation(),
                job.stage().status(),
                job.stage(),
                job.stageReason(),
                job.onHold(),
                job.receivedAt(),
                job.createdAt(),
                job.dueAt(),
                job.extended(),
                job.finishedAt(),
                job.createdBy(),
                counts(view),
                view.exceptions() == 0 ? List.of() : exceptions(job.id()),
                view.exceptions(),
                outOfScope(view),
                targets,
                links(job));
    }

    private List<OutOfScope> outOfScope(JobView view) {
        return view.counts().containsKey(TaskState.OUT_OF_SCOPE)
                ? unreachable.of(view.job().id())
                : catalogue.outOfScope();
    }

    private List<ExceptionView> exceptions(JobId id) {
        return tasks.list(id, ENDED_BADLY, null, EXCEPTIONS).stream()
                .map(task -> new ExceptionView(
                        task.id(), task.type(), task.state(), task.reason(), task.detail(), task.nextStep()))
                .toList();
    }

    private static Links links(JobSummary job) {
        String self = RequestsApi.PATH + "/" + job.id();
        return new Links(
                self + "/resources",
                job.type() == RequestType.DELETE ? self + "/plan" : null,
                job.makesPackage() ? self + "/package" : null,
                self + "/receipt");
    }
}
