package io.dsrbroker.console;

import io.dsrbroker.job.EvidenceFiles;
import io.dsrbroker.job.EvidenceFiles.EvidenceFile;
import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.TaskKind;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.job.TaskView;
import io.dsrbroker.job.TaskViews;
import io.dsrbroker.shared.JobId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The resources of a request, page by page, and one with everything that was sent and answered. */
@Controller
@WithConsole
@RequestMapping(path = RequestPages.PATH + "/{id}/resources")
class ResourcePages {

    private static final int ON_A_PAGE = 100;
    private static final Set<TaskKind> ALL_BUT_LISTS = EnumSet.of(TaskKind.EXPORT, TaskKind.DELETE, TaskKind.MANUAL);

    private final JobViews jobs;
    private final TaskViews tasks;
    private final EvidenceFiles files;

    ResourcePages(JobViews jobs, TaskViews tasks, EvidenceFiles files) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.files = files;
    }

    /** What the list is narrowed down to; null is anything. */
    record Wanted(
            @Nullable TaskKind kind,
            @Nullable TaskState state,
            @Nullable String type,
            @Nullable String target) {}

    @GetMapping
    String list(
            @PathVariable UUID id,
            Wanted wanted,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(required = false) @Nullable String part,
            Model model) {
        JobSummary job = jobs.summary(new JobId(id));
        TaskViews.Filter filter = new TaskViews.Filter(
                wanted.kind() == null ? ALL_BUT_LISTS : Set.of(wanted.kind()),
                wanted.state() == null ? null : Set.of(wanted.state()),
                orNull(wanted.type()),
                orNull(wanted.target()));
        List<TaskView> found = tasks.list(job.id(), filter, after, ON_A_PAGE + 1);
        List<TaskView> shown = found.subList(0, Math.min(ON_A_PAGE, found.size()));
        model.addAttribute("job", job);
        model.addAttribute("wanted", wanted);
        model.addAttribute("kinds", TaskKind.values());
        model.addAttribute("states", TaskState.values());
        model.addAttribute("tasks", shown);
        model.addAttribute("next", found.size() > ON_A_PAGE ? shown.getLast().id() : null);
        model.addAttribute("first", after == null);
        return "rows".equals(part) ? "console/resources :: some" : "console/resources";
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.trim();
    }

    @GetMapping("/{taskId}")
    String one(
            @PathVariable UUID id,
            @PathVariable UUID taskId,
            @RequestParam(required = false) @Nullable String done,
            Model model) {
        JobSummary job = jobs.summary(new JobId(id));
        model.addAttribute("job", job);
        model.addAttribute("task", tasks.view(job.id(), taskId));
        model.addAttribute("files", files.of(job.id(), taskId));
        model.addAttribute("done", done);
        return "console/resource";
    }

    /** Always a download: what people upload must not run as a page of ours. */
    @GetMapping("/{taskId}/evidence/{sha256}")
    ResponseEntity<byte[]> evidence(@PathVariable UUID id, @PathVariable UUID taskId, @PathVariable String sha256) {
        JobSummary job = jobs.summary(new JobId(id));
        EvidenceFile file = files.get(job.id(), taskId, sha256);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(file.mediaType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + sha256 + EvidenceUpload.extension(file.mediaType()) + "\"")
                .body(file.content());
    }
}
