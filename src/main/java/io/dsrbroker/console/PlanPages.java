package io.dsrbroker.console;

import io.dsrbroker.job.Denial;
import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.PlanViews;
import io.dsrbroker.job.PlanViews.BlastRadius;
import io.dsrbroker.job.PlanViews.Item;
import io.dsrbroker.job.PlanViews.PlanView;
import io.dsrbroker.shared.JobId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/** What a delete would do: what it adds up to, whom else it touches, and every item. */
@Controller
@WithConsole
class PlanPages {

    private static final int ON_A_PAGE = 50;
    private static final int IN_THE_PICTURE = 20;

    private final JobViews jobs;
    private final PlanViews plans;
    private final JsonMapper json;

    PlanPages(JobViews jobs, PlanViews plans, JsonMapper json) {
        this.jobs = jobs;
        this.plans = plans;
        this.json = json;
    }

    /** The picture of a blast radius: one bar for each container, in three parts. */
    record Picture(List<String> labels, List<Long> subject, List<Long> others, List<Long> unknown) {}

    @GetMapping(RequestPages.PATH + "/{id}/plan")
    String plan(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(required = false) @Nullable Set<UUID> exclude,
            Model model) {
        JobSummary job = jobs.summary(new JobId(id));
        // The plan first: should it change before its items are read, this hash can no longer be approved.
        PlanView plan = plans.of(job.id());
        List<Item> found = plans.items(job.id(), after, ON_A_PAGE + 1);
        List<Item> shown = found.subList(0, Math.min(ON_A_PAGE, found.size()));
        List<BlastRadius> widest = plan.summary().blastRadius().stream()
                .sorted(Comparator.comparingLong((BlastRadius radius) -> radius.others() + radius.unknown())
                        .thenComparingLong(BlastRadius::subject)
                        .reversed())
                .limit(IN_THE_PICTURE)
                .toList();
        Set<UUID> excluded = exclude == null ? Set.of() : new TreeSet<>(exclude);
        model.addAttribute("job", job);
        model.addAttribute("plan", plan);
        model.addAttribute("items", shown);
        model.addAttribute("next", found.size() > ON_A_PAGE ? shown.getLast().taskId() : null);
        model.addAttribute("after", after);
        model.addAttribute("excluded", excluded);
        model.addAttribute(
                "elsewhere",
                excluded.stream()
                        .filter(task ->
                                shown.stream().noneMatch(item -> item.taskId().equals(task)))
                        .toList());
        model.addAttribute("names", shown.stream().collect(Collectors.toMap(Item::taskId, PlanPages::label)));
        model.addAttribute("widest", widest);
        model.addAttribute("picture", json.writeValueAsString(picture(widest)));
        model.addAttribute("denials", Denial.values());
        model.addAttribute("word", ActionPages.word(job));
        return "console/plan";
    }

    private static Picture picture(List<BlastRadius> widest) {
        return new Picture(
                widest.stream().map(BlastRadius::container).toList(),
                widest.stream().map(BlastRadius::subject).toList(),
                widest.stream().map(BlastRadius::others).toList(),
                widest.stream().map(BlastRadius::unknown).toList());
    }

    /** What an item is called. */
    private static String label(Item item) {
        return item.type() + " " + (item.key() == null ? "without a name" : item.key());
    }
}
