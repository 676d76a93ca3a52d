package io.dsrbroker.console;

import io.dsrbroker.api.Actions;
import io.dsrbroker.job.Caller;
import io.dsrbroker.job.EvidenceFiles;
import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.shared.JobId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** What people do to a request, by forms; each is a call of the API, and ends at the page that shows what became of it. */
@Controller
@WithConsole
@RequestMapping(RequestPages.PATH + "/{id}")
class ActionPages {

    private static final String DONE = "?done=";

    private final Actions actions;
    private final ManualWork manual;
    private final JobViews jobs;
    private final EvidenceFiles files;

    ActionPages(Actions actions, ManualWork manual, JobViews jobs, EvidenceFiles files) {
        this.actions = actions;
        this.manual = manual;
        this.jobs = jobs;
        this.files = files;
    }

    /** What has to be typed to approve or deny: the portal's id of the request, or its own where the portal gave none. */
    static String word(JobSummary job) {
        String externalId = job.externalId();
        return externalId == null ? job.id().toString() : externalId;
    }

    /** Nobody decides about a request that they did not mean. */
    private void requireTyped(UUID id, String typed) {
        if (!word(jobs.summary(new JobId(id))).equals(typed.trim())) {
            throw new FormProblem("typed", "It is not the id of this request. Type it as it stands above the field.");
        }
    }

    @PostMapping("/approval")
    String approve(
            @PathVariable UUID id,
            @RequestParam String typed,
            @RequestParam String planHash,
            @RequestParam(required = false) @Nullable List<UUID> exclude,
            @RequestParam(required = false) @Nullable String why,
            @RequestParam(required = false) @Nullable String comment,
            Caller caller) {
        requireTyped(id, typed);
        List<Map<String, String>> excluded = new ArrayList<>();
        for (UUID task : exclude == null ? List.<UUID>of() : exclude) {
            excluded.add(Map.of("taskId", task.toString(), "reason", why == null ? "" : why));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("planHash", planHash);
        body.put("exclude", excluded);
        putUnlessBlank(body, "comment", comment);
        actions.act(id, "approval", body, caller);
        return back(id, "approval");
    }

    @PostMapping("/denial")
    String deny(
            @PathVariable UUID id,
            @RequestParam String typed,
            @RequestParam String reason,
            @RequestParam(required = false) @Nullable String comment,
            Caller caller) {
        requireTyped(id, typed);
        Map<String, Object> body = new LinkedHashMap<>(Map.of("reason", reason));
        putUnlessBlank(body, "comment", comment);
        actions.act(id, "denial", body, caller);
        return back(id, "denial");
    }

    private static void putUnlessBlank(Map<String, Object> body, String name, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            body.put(name, text);
        }
    }

    @PostMapping("/hold")
    String hold(@PathVariable UUID id, @RequestParam String reason, Caller caller) {
        return act(id, "hold", Map.of("reason", reason), caller);
    }

    @PostMapping("/release")
    String release(@PathVariable UUID id, @RequestParam String reason, Caller caller) {
        return act(id, "release", Map.of("reason", reason), caller);
    }

    @PostMapping("/cancellation")
    String cancel(@PathVariable UUID id, @RequestParam String reason, Caller caller) {
        return act(id, "cancellation", Map.of("reason", reason), caller);
    }

    @PostMapping("/extension")
    String extend(@PathVariable UUID id, @RequestParam int days, @RequestParam String reason, Caller caller) {
        return act(id, "extension", Map.of("reason", reason, "days", days), caller);
    }

    @PostMapping("/retry")
    String retry(@PathVariable UUID id, Caller caller) {
        return act(id, "retry", Map.of(), caller);
    }

    @PostMapping("/decisions")
    String decide(
            @PathVariable UUID id,
            @RequestParam UUID taskId,
            @RequestParam String decision,
            @RequestParam String reason,
            Caller caller) {
        actions.act(
                id,
                "decisions",
                Map.of("taskIds", List.of(taskId.toString()), "decision", decision, "reason", reason),
                caller);
        return back(id, "decisions");
    }

    @PostMapping("/resources/{taskId}/retry")
    String retryOne(@PathVariable UUID id, @PathVariable UUID taskId, Caller caller) {
        actions.retry(id, taskId, caller);
        return backTo(id, taskId, "retry");
    }

    /** {@code doneAt} as browsers send it, in UTC. */
    @PostMapping(path = "/resources/{taskId}/confirmation", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    String confirm(
            @PathVariable UUID id,
            @PathVariable UUID taskId,
            @RequestParam String note,
            @RequestParam String doneAt,
            @RequestParam MultipartFile evidence,
            Caller caller)
            throws IOException {
        JobId job = jobs.summary(new JobId(id)).id();
        manual.confirm(id, taskId, note, doneAt, files.seal(job, taskId, EvidenceUpload.of(evidence)), caller);
        return backTo(id, taskId, "confirmation");
    }

    @GetMapping("/package")
    void download(@PathVariable UUID id, Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        actions.download(id, caller, request, response);
    }

    private String act(UUID id, String action, Map<String, ?> body, Caller caller) {
        actions.act(id, action, body, caller);
        return back(id, action);
    }

    private static String back(UUID id, String done) {
        return "redirect:" + RequestPages.PATH + "/" + id + DONE + done;
    }

    private static String backTo(UUID id, UUID task, String done) {
        return "redirect:" + RequestPages.PATH + "/" + id + "/resources/" + task + DONE + done;
    }
}
