package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import io.dsrbroker.job.LaneStops;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The lanes, that is, the upstream quotas. */
@Tag(name = "Lanes", description = "See how each upstream quota is used; stop and resume it.")
@RestController
class LanesApi {

    private static final Check NAME = new Check(name -> name.length() <= 1000 && Check.isText(name), "");

    private final LaneViews lanes;
    private final LaneStops stops;

    LanesApi(LaneViews lanes, LaneStops stops) {
        this.lanes = lanes;
        this.stops = stops;
    }

    @Operation(
            operationId = "listLanes",
            summary = "List the lanes",
            description = "By name, as their holders last said. Scope: dsr.operate.")
    @Paged
    @AnswersProblems("invalid-parameter")
    @GetMapping(path = "/api/v1/lanes", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Page<LaneView>> list(HttpServletRequest request) {
        Query query = new Query(request);
        int limit = query.limit();
        String after = query.cursor(NAME).orElse("");
        return query.answer(Page.of(lanes.after(after, limit + 1), limit, LaneView::lane));
    }

    @Operation(
            operationId = "pauseLane",
            summary = "Pause a lane",
            description =
                    "Within about a second nothing more is sent to this upstream quota; calls in flight are settled. Pausing"
                            + " what is paused changes nothing. Scope: dsr.operate.")
    @TakesReason
    @AnswersProblems({"invalid-parameter", "not-found"})
    @PostMapping(
            path = "/api/v1/lanes/{lane}/pause",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    LaneView pause(@PathVariable String lane, @RequestBody byte[] body, Caller caller) {
        String reason = ActionReader.reason(Body.of(body));
        if (!stops.pause(known(lane), reason, caller)) {
            throw new NoSuchLane();
        }
        return view(lane);
    }

    @Operation(
            operationId = "resumeLane",
            summary = "Resume a lane",
            description =
                    "Ends a pause by hand, and one after failures of the upstream; a time that the upstream asked to wait for"
                            + " is waited for. Scope: dsr.operate.")
    @AnswersProblems({"invalid-parameter", "not-found"})
    @PostMapping(path = "/api/v1/lanes/{lane}/resume", produces = MediaType.APPLICATION_JSON_VALUE)
    LaneView resume(@PathVariable String lane, Caller caller) {
        if (!stops.resume(known(lane), caller)) {
            throw new NoSuchLane();
        }
        return view(lane);
    }

    private static String known(String lane) {
        if (!NAME.test().test(lane)) {
            throw new NoSuchLane();
        }
        return lane;
    }

    private LaneView view(String lane) {
        return lanes.find(lane).orElseThrow(NoSuchLane::new);
    }
}
