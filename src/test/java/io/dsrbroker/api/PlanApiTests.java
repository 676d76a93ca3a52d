package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.OutOfScope;
import io.dsrbroker.job.Caller;
import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.Owner;
import io.dsrbroker.job.PlanAction;
import io.dsrbroker.job.PlanViews;
import io.dsrbroker.job.PlanViews.BlastRadius;
import io.dsrbroker.job.PlanViews.Difference;
import io.dsrbroker.job.PlanViews.Item;
import io.dsrbroker.job.PlanViews.PlanView;
import io.dsrbroker.job.PlanViews.Summary;
import io.dsrbroker.job.Regulation;
import io.dsrbroker.job.RequestType;
import io.dsrbroker.job.Stage;
import io.dsrbroker.shared.JobId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanApiTests {

    private static final JobId JOB = new JobId(UUID.fromString("01990000-0000-7000-8000-000000000000"));
    private static final UUID FIRST = UUID.fromString("01990000-0000-7000-8000-000000000001");
    private static final UUID SECOND = UUID.fromString("01990000-0000-7000-8000-000000000002");
    private static final Instant AT = Instant.parse("2026-11-02T09:15:00Z");
    private static final Summary SUMMARY = new Summary(
            Map.of("run", 2L),
            Map.of("lab", 2L),
            Map.of(PlanAction.DELETE, 2L),
            Map.of("run", Map.of(PlanAction.DELETE, 2L)),
            List.of(new BlastRadius("lab/workspaces/ws", FIRST, "workspace", "ws", 1, 2, 1, 0)));

    private final JobViews jobs = mock();
    private final PlanViews plans = mock();
    private final Catalogue catalogue = mock();
    private final PlanApi api = new PlanApi(jobs, plans, catalogue);
    private final MockHttpServletRequest request =
            new MockHttpServletRequest("GET", "/api/v1/requests/" + JOB + "/plan");

    @BeforeEach
    void givenJob() {
        when(jobs.summary(JOB))
                .thenReturn(new JobSummary(
                        JOB,
                        null,
                        RequestType.DELETE,
                        Regulation.GDPR,
                        Stage.AWAITING_APPROVAL,
                        null,
                        false,
                        AT,
                        AT,
                        AT,
                        false,
                        null,
                        new Caller("ann", null),
                        "c0ffee",
                        false));
        when(catalogue.outOfScope()).thenReturn(List.of(new OutOfScope("telemetry", "why", "where")));
    }

    private void givenPlan(@Nullable Difference difference) {
        when(plans.of(JOB)).thenReturn(new PlanView("f".repeat(64), AT, SUMMARY, difference));
    }

    private static Item item(UUID id) {
        return new Item(id, "lab", "run", "run-17", Owner.SUBJECT, PlanAction.DELETE, null, null, true);
    }

    private static JsonNode json(ResponseEntity<PlanPage> answer) {
        return JsonMapper.shared().valueToTree(Objects.requireNonNull(answer.getBody()));
    }

    @Test
    void answersThePlanWithItsFirstItems() {
        givenPlan(null);
        when(plans.items(JOB, null, 2)).thenReturn(List.of(item(FIRST), item(SECOND)));
        request.setParameter("limit", "1");
        ResponseEntity<PlanPage> answer = api.plan(JOB.value(), request);
        JsonNode page = json(answer);
        assertThat(page.propertyNames())
                .containsExactly("planHash", "createdAt", "summary", "outOfScope", "items", "next");
        assertThat(page.get("planHash").stringValue()).isEqualTo("f".repeat(64));
        assertThat(page.get("summary").propertyNames())
                .containsExactlyInAnyOrder("byType", "byTarget", "byAction", "byTypeAndAction", "blastRadius");
        assertThat(page.at("/summary/byTypeAndAction/run/DELETE").longValue()).isEqualTo(2);
        assertThat(page.at("/outOfScope/0/what").stringValue()).isEqualTo("telemetry");
        assertThat(page.get("items")).hasSize(1);
        assertThat(page.at("/items/0").propertyNames())
                .containsExactlyInAnyOrder(
                        "taskId", "target", "type", "key", "owner", "action", "reason", "coveredBy", "irreversible");
        assertThat(page.get("next").stringValue()).isEqualTo(Cursor.of(FIRST.toString()));
        assertThat(answer.getHeaders().getFirst("Link"))
                .isEqualTo("</api/v1/requests/" + JOB + "/plan?limit=1&cursor=" + Cursor.of(FIRST.toString())
                        + ">; rel=\"next\"");
    }

    @Test
    void answersTheRestWithoutALink() {
        givenPlan(null);
        when(plans.items(JOB, FIRST, 51)).thenReturn(List.of(item(SECOND)));
        request.setParameter("cursor", Cursor.of(FIRST.toString()));
        ResponseEntity<PlanPage> answer = api.plan(JOB.value(), request);
        assertThat(json(answer).get("next").isNull()).isTrue();
        assertThat(answer.getHeaders().getFirst("Link")).isNull();
    }

    @Test
    void saysHowItDiffersFromAnApprovedPlan() {
        givenPlan(new Difference("e".repeat(64), 1, 0, 0, List.of(), List.of(), List.of()));
        assertThat(json(api.plan(JOB.value(), request))
                        .at("/difference/previousPlanHash")
                        .stringValue())
                .isEqualTo("e".repeat(64));
    }

    /** Should the plan change in between, the hash of the page is one that can no longer be approved. */
    @Test
    void readsTheHashBeforeTheItems() {
        givenPlan(null);
        api.plan(JOB.value(), request);
        var order = inOrder(plans);
        order.verify(plans).of(JOB);
        order.verify(plans).items(any(), any(), org.mockito.ArgumentMatchers.anyInt());
    }
}
