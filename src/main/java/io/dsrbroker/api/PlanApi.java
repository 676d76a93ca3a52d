package io.dsrbroker.api;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.PlanViews;
import io.dsrbroker.job.PlanViews.Item;
import io.dsrbroker.job.PlanViews.PlanView;
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

/** What a delete would do, resource by resource. */
@Tag(name = "Plans")
@RestController
class PlanApi {

    private final JobViews jobs;
    private final PlanViews plans;
    private final Catalogue catalogue;

    PlanApi(JobViews jobs, PlanViews plans, Catalogue catalogue) {
        this.jobs = jobs;
        this.plans = plans;
        this.catalogue = catalogue;
    }

    @Operation(
            operationId = "getPlan",
            summary = "See the plan of a delete",
            description =
                    "What is deleted, what goes with it, what a person has to do, what stays and why; in the order of"
                            + " the task ids. Every page says of which plan it is: if `planHash` differs from the page"
                            + " before, begin again. `difference` says what has changed since an approved plan."
                            + " `planHash` is the SHA-256 over lines of UTF-8: first the line"
                            + " `{\"catalogueHash\":…}`, then one line for every item in the order of the task ids,"
                            + " each the RFC 8785 form of `{\"action\",\"coveredBy\",\"key\",\"owner\",\"person\","
                            + "\"reason\",\"target\",\"taskId\",\"type\"}` with null for what is absent. `person` is"
                            + " a keyed hash of the owner that is not answered here, so nobody outside can compute the"
                            + " hash again. Scope: dsr.read.")
    @Paged
    @AnswersProblems({"invalid-parameter", "not-found", "plan-not-ready"})
    @GetMapping(path = RequestsApi.PATH + "/{id}/plan", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<PlanPage> plan(@PathVariable UUID id, HttpServletRequest request) {
        Query query = new Query(request);
        int limit = query.limit();
        UUID after = query.cursor().orElse(null);
        JobId job = jobs.summary(new JobId(id)).id();
        // The hash first: should the plan change before its items are read, this hash can no longer be approved.
        PlanView plan = plans.of(job);
        List<Item> found = plans.items(job, after, limit + 1);
        Page<Item> page = Page.of(found, limit, item -> item.taskId().toString());
        return query.answer(PlanPage.of(plan, catalogue.outOfScope(), page), page.next());
    }
}
