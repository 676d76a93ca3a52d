package io.dsrbroker.console;

import io.dsrbroker.api.Actions;
import io.dsrbroker.audit.AuditEntries;
import io.dsrbroker.audit.AuditEntry;
import io.dsrbroker.audit.AuditVerification;
import io.dsrbroker.audit.Checkpoints;
import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.shared.JobId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Who did what, to a request or to the broker, with each chain checked as it is shown; receipts. */
@Controller
@WithConsole
class AuditPages {

    private static final int ON_A_PAGE = 100;

    private final Lock checking = new ReentrantLock();
    private final JobViews jobs;
    private final Trail trail;
    private final Actions actions;

    AuditPages(JobViews jobs, Trail trail, Actions actions) {
        this.jobs = jobs;
        this.trail = trail;
        this.actions = actions;
    }

    /** What was written down, and what vouches for it. */
    @Component
    @WithConsole
    record Trail(AuditEntries entries, AuditVerification verification, Checkpoints checkpoints) {}

    @GetMapping(RequestPages.PATH + "/{id}/audit")
    String ofRequest(@PathVariable UUID id, @RequestParam(defaultValue = "0") long after, Model model) {
        JobSummary job = jobs.summary(new JobId(id));
        model.addAttribute("job", job);
        show(job.id(), after, model);
        return "console/audit";
    }

    @GetMapping(ConsoleSecurity.ROOT + "/audit")
    String ofBroker(@RequestParam(defaultValue = "0") long after, Model model) {
        show(AuditEntries.BROKER, after, model);
        model.addAttribute(
                "checkpoints",
                trail.checkpoints().after(0, 1000).reversed().stream().limit(20).toList());
        return "console/audit";
    }

    private void show(JobId chain, long after, Model model) {
        List<AuditEntry> found = trail.entries().after(chain, Math.max(0, after), ON_A_PAGE + 1);
        List<AuditEntry> shown = found.subList(0, Math.min(ON_A_PAGE, found.size()));
        model.addAttribute("entries", shown);
        model.addAttribute("next", found.size() > ON_A_PAGE ? shown.getLast().seq() : null);
    }

    /** What the check of one chain found; it reads all that its request came to, so the page does not wait for it. */
    @GetMapping(path = RequestPages.PATH + "/{id}/audit", params = "part=check")
    String checkOfRequest(@PathVariable UUID id, Model model) {
        model.addAttribute(
                "check", trail.verification().verify(jobs.summary(new JobId(id)).id()));
        return "console/audit :: check(check=${check})";
    }

    /** The same of the broker's own chain. */
    @GetMapping(path = ConsoleSecurity.ROOT + "/audit", params = "part=check")
    String checkOfBroker(Model model) {
        return check(AuditEntries.BROKER, model);
    }

    /** One at a time, for each reads much and holds a connection. */
    private String check(JobId chain, Model model) {
        checking.lock();
        try {
            model.addAttribute("check", trail.verification().verify(chain));
        } finally {
            checking.unlock();
        }
        return "console/audit :: check(check=${check})";
    }

    /** Everything is read again; that may take a while. */
    @GetMapping(ConsoleSecurity.ROOT + "/audit/verification")
    String verify(HttpServletRequest request, Model model) {
        model.addAttribute("report", actions.verify(request));
        return "console/verification";
    }

    @GetMapping(RequestPages.PATH + "/{id}/receipt")
    ResponseEntity<String> receipt(@PathVariable UUID id) {
        ResponseEntity<String> receipt = actions.receipt(id);
        return ResponseEntity.status(receipt.getStatusCode())
                .headers(receipt.getHeaders())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"receipt-" + id + ".jws\"")
                .body(receipt.getBody());
    }
}
