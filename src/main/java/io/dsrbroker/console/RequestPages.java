package io.dsrbroker.console;

import io.dsrbroker.api.Guards;
import io.dsrbroker.job.Caller;
import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.JobViews.JobView;
import io.dsrbroker.job.RequestType;
import io.dsrbroker.job.Stage;
import io.dsrbroker.job.StageChanges;
import io.dsrbroker.job.TaskKind;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.job.TaskTotals;
import io.dsrbroker.job.TaskView;
import io.dsrbroker.job.TaskViews;
import io.dsrbroker.shared.JobId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Requests: all of them, and one. */
@Controller
@WithConsole
@RequestMapping(RequestPages.PATH)
class RequestPages {

    static final String PATH = ConsoleSecurity.ROOT + "/requests";

    private static final int ON_A_PAGE = 25;
    private static final int EXCEPTIONS = 50;
    private static final int MOST_WATCHED = 100;
    private static final TaskViews.Filter ENDED_BADLY =
            new TaskViews.Filter(Set.of(TaskKind.values()), TaskViews.exceptions(), null, null);
    private static final TaskViews.Filter WAITING_FOR_PEOPLE =
            new TaskViews.Filter(Set.of(TaskKind.values()), Set.of(TaskState.NEEDS_ACTION), null, null);

    private final JobViews jobs;
    private final Progress progress;
    private final Watches watches;
    private final Guards guards;

    RequestPages(JobViews jobs, Progress progress, Watches watches, Guards guards) {
        this.jobs = jobs;
        this.progress = progress;
        this.watches = watches;
        this.guards = guards;
    }

    /** What is read of one request beside its row. */
    @Component
    @WithConsole
    record Progress(TaskViews tasks, TaskTotals totals, StageChanges stages) {}

    /** What the list is narrowed down to; null is anything. */
    record Wanted(
            @Nullable RequestType type,
            @Nullable Stage stage,
            Stage.@Nullable Status status,
            @Nullable String externalId) {}

    @GetMapping(produces = MediaType.TEXT_HTML_VALUE)
    String list(Wanted wanted, @RequestParam(required = false) @Nullable UUID before, Caller caller, Model model) {
        String externalId =
                wanted.externalId() == null ? "" : wanted.externalId().trim();
        JobViews.Filter filter = new JobViews.Filter(
                before,
                wanted.type(),
                wanted.stage(),
                wanted.status(),
                externalId.isEmpty() ? null : externalId,
                guards.boundTo(caller));
        List<JobView> found = jobs.list(filter, ON_A_PAGE + 1);
        List<JobView> shown = found.subList(0, Math.min(ON_A_PAGE, found.size()));
        model.addAttribute("wanted", wanted);
        model.addAttribute("types", RequestType.values());
        model.addAttribute("stages", Stage.values());
        model.addAttribute("jobs", shown);
        model.addAttribute(
                "open",
                shown.stream()
                        .map(JobView::job)
                        .filter(job -> !job.stage().ended())
                        .map(JobSummary::id)
                        .toList());
        model.addAttribute(
                "next", found.size() > ON_A_PAGE ? shown.getLast().job().id() : null);
        model.addAttribute("first", before == null);
        return "console/requests";
    }

    /** Says by an event named after each request when it has moved. */
    @GetMapping(params = "id", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter watch(@RequestParam("id") List<UUID> ids, Caller caller) {
        return watches.open(Set.copyOf(ids.subList(0, Math.min(MOST_WATCHED, ids.size()))), caller);
    }

    /** Its row of the list alone. */
    @GetMapping(path = "/{id}", params = "part=row", produces = MediaType.TEXT_HTML_VALUE)
    String row(@PathVariable UUID id, Model model) {
        model.addAttribute("view", jobs.view(new JobId(id)));
        return "console/requests :: row(view=${view})";
    }

    @GetMapping(path = "/{id}", produces = MediaType.TEXT_HTML_VALUE)
    String one(@PathVariable UUID id, @RequestParam(required = false) @Nullable String done, Model model) {
        JobView view = jobs.view(new JobId(id));
        JobSummary job = view.job();
        model.addAttribute("view", view);
        model.addAttribute("job", job);
        model.addAttribute("done", done);
        model.addAttribute("targets", jobs.targets(job.id()));
        model.addAttribute("stages", progress.stages().after(job.id(), 0));
        model.addAttribute("tree", Tree.of(progress.totals().of(job.id())));
        model.addAttribute(
                "exceptions",
                view.exceptions() == 0
                        ? List.<TaskView>of()
                        : progress.tasks().list(job.id(), ENDED_BADLY, null, EXCEPTIONS));
        model.addAttribute(
                "asked",
                view.counts().containsKey(TaskState.NEEDS_ACTION)
                        ? progress.tasks().list(job.id(), WAITING_FOR_PEOPLE, null, EXCEPTIONS)
                        : List.<TaskView>of());
        return "console/request";
    }
}
