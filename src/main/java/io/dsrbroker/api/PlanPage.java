package io.dsrbroker.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dsrbroker.catalogue.OutOfScope;
import io.dsrbroker.job.PlanViews.Difference;
import io.dsrbroker.job.PlanViews.Item;
import io.dsrbroker.job.PlanViews.PlanView;
import io.dsrbroker.job.PlanViews.Summary;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan with a part of its resources.
 *
 * @param difference left out where no approved plan came before
 * @param next the cursor of the next part; null at the end
 */
record PlanPage(
        String planHash,
        Instant createdAt,
        Summary summary,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Difference difference,
        List<OutOfScope> outOfScope,
        List<Item> items,
        @Nullable String next) {

    static PlanPage of(PlanView plan, List<OutOfScope> outOfScope, Page<Item> page) {
        return new PlanPage(
                plan.hash(),
                plan.createdAt(),
                plan.summary(),
                plan.difference(),
                outOfScope,
                page.items(),
                page.next());
    }
}
