package io.dsrbroker.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The lanes, that is, the upstream quotas. */
@Tag(name = "Lanes", description = "See how each upstream quota is used.")
@RestController
class LanesApi {

    private static final Check NAME = new Check(name -> name.length() <= 1000 && Check.isText(name), "");

    private final LaneViews lanes;

    LanesApi(LaneViews lanes) {
        this.lanes = lanes;
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
}
