package io.dsrbroker.console;

import io.dsrbroker.api.Actions;
import io.dsrbroker.api.LaneViews;
import io.dsrbroker.api.LaneViews.Detail;
import io.dsrbroker.job.Caller;
import io.dsrbroker.lane.Quotas;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/** The upstream quotas: how they are used and what waits for them; pause and resume. */
@Controller
@WithConsole
@RequestMapping(LanePages.PATH)
class LanePages {

    static final String PATH = ConsoleSecurity.ROOT + "/lanes";

    private static final int MOST = 200;

    private final LaneViews lanes;
    private final Quotas quotas;
    private final Backlogs backlogs;
    private final Actions actions;
    private final JsonMapper json;

    LanePages(LaneViews lanes, Quotas quotas, Backlogs backlogs, Actions actions, JsonMapper json) {
        this.lanes = lanes;
        this.quotas = quotas;
        this.backlogs = backlogs;
        this.actions = actions;
        this.json = json;
    }

    /**
     * A lane as the page shows it.
     *
     * @param used how much of its quota it uses now, in percent; null where there is no limit
     * @param backlog what waited for it lately, as JSON, oldest first
     */
    public record Row(
            Detail detail, Quotas.Quota quota, @Nullable Long used, String backlog) {}

    @GetMapping
    String list(@RequestParam(required = false) @Nullable String done, Model model) {
        List<Row> rows = lanes.busiest(MOST).stream().map(this::row).toList();
        model.addAttribute("lanes", rows);
        model.addAttribute("most", MOST);
        model.addAttribute("done", done);
        return "console/lanes";
    }

    private Row row(Detail detail) {
        Quotas.Quota quota = quotas.of(detail.upstream());
        Double limit = quota.readsPerSecond();
        Long used = limit == null
                ? null
                : Math.round(Math.min(100, 100 * detail.lane().ratePerSecond() / limit));
        return new Row(
                detail,
                quota,
                used,
                json.writeValueAsString(backlogs.of(detail.lane().lane())));
    }

    @PostMapping("/{lane}/pause")
    String pause(@PathVariable String lane, @RequestParam String reason, Caller caller) {
        actions.pause(lane, Map.of("reason", reason), caller);
        return "redirect:" + PATH + "?done=pause";
    }

    @PostMapping("/{lane}/resume")
    String resume(@PathVariable String lane, Caller caller) {
        actions.resume(lane, caller);
        return "redirect:" + PATH + "?done=resume";
    }
}
