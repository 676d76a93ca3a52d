package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Fault;
import io.dsrbroker.simulator.Faults;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.Portal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Nothing is deleted but what a second person has approved, and only while nobody objects. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApprovalTests {

    private static final String REASON = "{\"reason\":\"asked to\"}";

    private final DeleteStory story = DeleteStory.of(EstateSpec.small()
            .withHostingAccounts(11, 1, 1)
            .withLabs(2, 1, 2)
            .withRuns(4, 1, 1)
            .withCompute(0, 0));

    @AfterEach
    void asBefore() {
        story.settings().faults = Faults.none();
        story.settings().parentLag = Duration.ZERO;
    }

    @AfterAll
    void close() {
        story.close();
    }

    private static ObjectNode request(String name, Place place) {
        return DeleteStory.all(DeleteStory.somebody(name), place);
    }

    private static void is(Portal.Answer answer, int status, String problem) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/" + problem);
    }

    @Test
    void withoutVerificationThereIsNoDelete() {
        ObjectNode request = request("Unverified", story.hosting());
        request.remove("verification");
        is(story.portal().post("/requests", request.toString()), 422, "validation");
    }

    @Test
    void deniedRequestDeletesNothing() {
        Place hosting = story.hosting();
        String id = story.planned(request("Denied", hosting));
        Portal.Answer denied = story.officer()
                .post("/requests/" + id + "/denial", "{\"reason\":\"suspected_fraud\",\"comment\":\"odd\"}");
        assertThat(denied.status()).as(denied.body()).isEqualTo(200);
        assertThat(denied.json().get("stage").asString()).isEqualTo("DENIED");
        is(story.approve(id, story.plan(id).hash(), List.of()), 409, "wrong-stage");
        story.nothingIsDeleted(hosting);
    }

    @Test
    void requestThatIsCancelledBeforeItsApprovalDeletesNothing() {
        Place hosting = story.hosting();
        String id = story.planned(request("Cancelled", hosting));
        String hash = story.plan(id).hash();
        assertThat(story.post(id, "cancellation", REASON).status()).isEqualTo(200);
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("CANCELLED");
        is(story.approve(id, hash, List.of()), 409, "wrong-stage");
        story.nothingIsDeleted(hosting);
    }

    @Test
    void requestThatIsCancelledRightAfterItsApprovalDeletesNothing() {
        Place hosting = story.hosting();
        String id = story.planned(request("Regretted", hosting));
        // What is looked at once more before the first DELETE answers slowly.
        story.settings().faults =
                Faults.always(Fault.late(Duration.ofSeconds(1)), call -> DeleteStory.concerns(call, hosting));
        story.approve(id);
        Portal.Answer cancelled = story.post(id, "cancellation", REASON);
        assertThat(cancelled.status()).as(cancelled.body()).isEqualTo(200);
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("CANCELLED");
        story.nothingIsDeleted(hosting);
    }

    @Test
    void onceTheFirstDeleteIsSentItIsTooLateToCancel() {
        Place lab = story.lab();
        String id = story.planned(request("Late", lab));
        // Its workspace can not be deleted for a while, so that the job is still under way.
        story.settings().parentLag = Duration.ofSeconds(5);
        story.approve(id);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> !story.deletes(lab).isEmpty());
        Portal.Answer late = story.post(id, "cancellation", REASON);
        is(late, 409, "wrong-stage");
        assertThat(late.json().get("stage").asString()).isIn("IN_PROGRESS", "VERIFYING");
        assertThat(late.json().get("detail").asString()).isNotBlank();
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
    }

    @Test
    void heldRequestDeletesNothingUntilItIsReleased() {
        Place hosting = story.hosting();
        String id = story.planned(request("Held", hosting));
        Portal.Answer held = story.post(id, "hold", REASON);
        assertThat(held.status()).as(held.body()).isEqualTo(200);
        assertThat(held.json().get("onHold").asBoolean()).isTrue();
        story.approve(id);
        story.nothingIsDeleted(hosting);
        Portal.Answer released = story.post(id, "release", REASON);
        assertThat(released.status()).isEqualTo(200);
        assertThat(released.json().get("onHold").asBoolean()).isFalse();
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
        assertThat(story.deletes(hosting)).isNotEmpty();
    }

    @Test
    void whoCreatedTheRequestMayNotApproveIt() {
        Place hosting = story.hosting();
        String id = story.planned(request("Own", hosting));
        String approval = DeleteStory.approval(story.plan(id).hash(), List.of());
        is(story.post(id, "approval", approval), 403, "same-person");
        assertThat(story.stageOf(id)).isEqualTo("AWAITING_APPROVAL");
        story.nothingIsDeleted(hosting);
    }

    @Test
    void approvalOfAnotherPlanIsToldTheCurrentOne() {
        Place hosting = story.hosting();
        String id = story.planned(request("Mistaken", hosting));
        Portal.Answer wrong = story.approve(id, "0".repeat(64), List.of());
        is(wrong, 409, "plan-changed");
        assertThat(wrong.json().get("planHash").asString())
                .isEqualTo(story.plan(id).hash());
        story.nothingIsDeleted(hosting);
    }

    @Test
    void secondApprovalComesTooLate() {
        Place hosting = story.hosting();
        String id = story.planned(request("Twice", hosting));
        String hash = story.plan(id).hash();
        story.settings().faults =
                Faults.always(Fault.late(Duration.ofMillis(500)), call -> DeleteStory.concerns(call, hosting));
        assertThat(story.approve(id, hash, List.of()).status()).isEqualTo(200);
        Portal.Answer second = story.approve(id, hash, List.of());
        is(second, 409, "wrong-stage");
        assertThat(second.json().get("stage").asString()).isNotEqualTo("AWAITING_APPROVAL");
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
    }

    @Test
    void excludingWhatIsNotInThePlanIsRefused() {
        Place hosting = story.hosting();
        String id = story.planned(request("Unknown", hosting));
        String hash = story.plan(id).hash();
        is(story.approve(id, hash, List.of(UUID.randomUUID().toString())), 422, "validation");
        assertThat(story.stageOf(id)).isEqualTo("AWAITING_APPROVAL");
        story.nothingIsDeleted(hosting);
    }

    @Test
    void excludedRunKeepsEverythingAroundIt() {
        Place lab = story.lab();
        String id = story.planned(request("Excluding", lab));
        DeleteStory.Plan plan = story.plan(id);
        JsonNode run = plan.items("run").getFirst();
        String project = run.get("coveredBy").asString();
        Portal.Answer approved =
                story.approve(id, plan.hash(), List.of(run.get("taskId").asString()));
        assertThat(approved.status()).as(approved.body()).isEqualTo(200);
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        assertThat(story.tasks(id, "type=run"))
                .filteredOn(task -> task.get("taskId").equals(run.get("taskId")))
                .singleElement()
                .satisfies(task -> skipped(task, "EXCLUDED"));
        assertThat(story.tasks(id, "type=project")).hasSize(2).allSatisfy(task -> {
            if (task.get("taskId").asString().equals(project)) {
                skipped(task, "CHILD_KEPT");
            } else {
                assertThat(task.get("state").asString()).isEqualTo("DELETED");
            }
        });
        assertThat(story.tasks(id, "type=experimentation-workspace"))
                .singleElement()
                .satisfies(task -> skipped(task, "CHILD_KEPT"));
        assertThat(story.tasks(id, "type=experimentation-account"))
                .singleElement()
                .satisfies(task -> skipped(task, "CHILD_KEPT"));
        assertThat(story.projects(lab)).hasSize(1);
        assertThat(story.deletes(lab))
                .isNotEmpty()
                .allMatch(request -> request.isRow(13))
                .noneMatch(request -> request.target()
                        .contains("/projects/" + story.projects(lab).getFirst().project() + "?"));
    }

    private static void skipped(JsonNode task, String reason) {
        assertThat(task.get("state").asString()).isEqualTo("SKIPPED");
        assertThat(task.get("reason").asString()).isEqualTo(reason);
    }

    @Test
    void finishedTaskNeedsNoConfirmation() {
        String id = story.done(request("Finished", story.hosting()));
        String task = story.tasks(id, "type=model").getFirst().get("taskId").asString();
        is(
                story.post(
                        id,
                        "resources/" + task + "/confirmation",
                        "{\"note\":\"n\",\"doneAt\":\"2026-01-02T03:04:05Z\",\"evidenceSha256\":\"%s\"}"
                                .formatted("0".repeat(64))),
                409,
                "wrong-state");
    }
}
