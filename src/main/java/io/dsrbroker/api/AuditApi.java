package io.dsrbroker.api;

import io.dsrbroker.audit.AuditEntries;
import io.dsrbroker.audit.AuditEntry;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.shared.JobId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Who did what to a request. */
@Tag(name = "Audit", description = "See who did what.")
@RestController
class AuditApi {

    private final JobViews jobs;
    private final AuditEntries entries;

    AuditApi(JobViews jobs, AuditEntries entries) {
        this.jobs = jobs;
        this.entries = entries;
    }

    @Operation(
            operationId = "listAuditEntries",
            summary = "See who did what to a request",
            description = "Oldest first. `hash` is the SHA-256 over the RFC 8785 form of the entry without `hash`, and"
                    + " `previousHash` the hash of the entry before, 64 zeros in the first; `seq` counts from 1 without"
                    + " gaps. What the broker did by itself has the sub `system`. Scope: dsr.audit.")
    @Paged
    @AnswersProblems({"invalid-parameter", "not-found"})
    @GetMapping(path = RequestsApi.PATH + "/{id}/audit", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Page<AuditEntry>> list(@PathVariable UUID id, HttpServletRequest request) {
        Query query = new Query(request);
        int limit = query.limit();
        long after = query.cursor(Check.NUMBER).map(Long::parseLong).orElse(0L);
        JobId job = jobs.summary(new JobId(id)).id();
        List<AuditEntry> found = entries.after(job, after, limit + 1);
        return query.answer(Page.of(found, limit, entry -> String.valueOf(entry.seq())));
    }
}
