package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.DataContainers;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Fault;
import io.dsrbroker.simulator.Faults;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.Select;
import io.dsrbroker.simulator.SimulatorSettings.Async;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Upstreams refuse, dawdle and say "deleted" of what they keep; only what is proven absent is called deleted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeleteFaultTests {

    private final DeleteStory story = DeleteStory.of(EstateSpec.small()
            .withHostingAccounts(3, 2, 1)
            .withLabs(4, 1, 2)
            .withRuns(3, 1, 1)
            .withCompute(1, 1));

    @AfterEach
    void asBefore() {
        story.settings().faults = Faults.none();
        story.settings().parentLag = Duration.ZERO;
        story.settings().cascadeLag = Duration.ZERO;
        story.settings().asyncDeletes.clear();
        story.settings().lockedScopes.clear();
    }

    @AfterAll
    void close() {
        story.close();
    }

    @Test
    @DisplayName("T15: a parent that still claims to have children is tried again")
    void parentsThatStillClaimToHaveChildrenAreTriedAgain() {
        Place lab = story.lab();
        story.settings().parentLag = Duration.ofSeconds(3);
        story.settings().cascadeLag = Duration.ofSeconds(2);
        String id = story.done(DeleteStory.all(DeleteStory.somebody("Blocked"), lab));
        assertThat(story.stageOf(id)).isEqualTo("COMPLETED");
        assertThat(story.azure().held(DeleteStory.somebody("Blocked"), Select.ALL, lab))
                .isEmpty();
        assertThat(story.deletes(lab))
                .as("the parent answered 409 for a while")
                .anySatisfy(request -> assertThat(request.status()).isEqualTo(409));
        assertThat(story.tasks(id, "type=run"))
                .hasSize(6)
                .allSatisfy(run -> assertThat(run.get("state").asString()).isEqualTo("COVERED"));
    }

    @Test
    @DisplayName("T16: 200 that deleted nothing is not called deleted")
    void whatIsKeptInSpiteOfItsAnswerIsUnverifiedAndItsAccountStays() {
        Place hosting = story.hosting();
        String kept = story.azure().estate().modelIds(hosting).getFirst();
        story.settings().faults = Faults.always(
                Fault.answer(200, Map.of(), ""),
                request -> DeleteStory.isDelete(request, 6) && request.target().contains(kept));
        String id = story.done(DeleteStory.all(DeleteStory.somebody("Kept"), hosting));
        assertThat(story.stageOf(id)).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        assertThat(story.azure().estate().modelIds(hosting)).containsExactly(kept);
        assertThat(story.tasks(id, "type=model"))
                .hasSize(2)
                .allSatisfy(model -> assertThat(model.get("state").asString())
                        .isEqualTo(model.get("key").asString().equals(kept) ? "UNVERIFIED" : "DELETED"));
        assertThat(story.tasks(id, "type=hosting-account")).singleElement().satisfies(account -> {
            assertThat(account.get("state").asString()).isEqualTo("SKIPPED");
            assertThat(account.get("reason").asString()).isEqualTo("CHILD_KEPT");
        });
        assertThat(story.deletes(hosting)).isNotEmpty().noneMatch(request -> DeleteStory.isDelete(request, 4));
    }

    @Test
    @Tag("long")
    void deletionsThatTakeTheirTimeAreWaitedFor() {
        Place hosting = story.hosting();
        Place lab = story.lab();
        story.settings().asyncDeletes.put(10, new Async(Duration.ofSeconds(2), false, false, 1));
        story.settings().asyncDeletes.put(13, new Async(Duration.ofSeconds(2), false, true, 1));
        String id = story.done(DeleteStory.all(DeleteStory.somebody("Slow"), hosting, lab));
        assertThat(story.stageOf(id)).isEqualTo("COMPLETED");
        assertThat(story.deletes())
                .filteredOn(request -> DeleteStory.concerns(request, hosting) && request.isRow(10))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.status()).isEqualTo(202));
        assertThat(story.tasks(id, "type=service"))
                .singleElement()
                .satisfies(
                        service -> assertThat(service.get("state").asString()).isEqualTo("DELETED"));
        assertThat(story.tasks(id, "type=project"))
                .hasSize(2)
                .allSatisfy(
                        project -> assertThat(project.get("state").asString()).isEqualTo("DELETED"));
    }

    @Test
    @DisplayName("§3 403 / 409: a locked resource waits for a person")
    void lockedResourceWaitsForPersonAndGoesOnAfterThat() {
        Place lab = story.lab();
        story.settings().lockedScopes.add(lab.armId());
        String id = story.planned(DeleteStory.all(DeleteStory.somebody("Locked"), lab));
        story.approve(id);
        story.until(
                id,
                view -> view.get("counts").get("byState").path("NEEDS_ACTION").asInt(0) == 2);
        List<JsonNode> projects = story.tasks(id, "type=project");
        assertThat(projects).hasSize(2).allSatisfy(project -> {
            assertThat(project.get("state").asString()).isEqualTo("NEEDS_ACTION");
            assertThat(project.get("reason").asString()).isEqualTo("LOCKED");
            assertThat(project.get("nextStep").asString()).isNotBlank();
        });
        assertThat(story.projects(lab)).hasSize(2);
        story.settings().lockedScopes.clear();
        assertThat(story.post(id, "retry", "").status()).isEqualTo(202);
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
        assertThat(story.azure().held(DeleteStory.somebody("Locked"), Select.ALL, lab))
                .isEmpty();
    }

    @Test
    void computesAndClustersAreOutOfScopeAndDoNotPreventTheEnd() {
        Place computes = Place.mlWorkspace(Estate.SUBSCRIPTION, Estate.GROUP, "mlspace1");
        Place clusters = Place.resourceGroup(Estate.SUBSCRIPTION, Estate.GROUP);
        String id = story.portal()
                .submit(DeleteStory.all(DeleteStory.somebody("Compute"), computes, clusters)
                        .toString());
        if (story.settled(id).get("stage").asString().equals("AWAITING_APPROVAL")) {
            assertThat(story.plan(id).items("compute"))
                    .hasSize(5)
                    .allSatisfy(
                            item -> assertThat(item.get("action").asString()).isEqualTo("OUT_OF_SCOPE"));
            story.approve(id);
        }
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
        assertThat(story.tasks(id, "state=OUT_OF_SCOPE"))
                .hasSize(6)
                .allSatisfy(
                        task -> assertThat(task.get("type").asString()).isIn("compute", "operationalization-cluster"));
    }

    @Test
    @DisplayName("§3 DELETE semantics: 404 for a missing resource group proves nothing")
    void missingResourceGroupProvesNothing() {
        Place hosting = apart("vanishing");
        Place lab = Place.lab(hosting.subscriptionId(), hosting.resourceGroup(), "vanishing-lab");
        story.change()
                .lab(lab, "East US 2")
                .workspace(lab.workspace("space"))
                .project(lab.workspace("space").project("project"), "East US 2", DataContainers.PREFIXED);
        String id = story.planned(DeleteStory.all(DeleteStory.somebody("Vanishing"), lab));
        // The group goes in the very moment of the first DELETE.
        story.settings().faults = request -> {
            if (DeleteStory.isDelete(request, 13)) {
                story.change().removeGroup(lab.subscriptionId(), lab.resourceGroup());
            }
            return Optional.empty();
        };
        story.approve(id);
        assertThat(story.ended(id).get("stage").asString()).isNotEqualTo("COMPLETED");
        assertThat(story.deletes(lab)).isNotEmpty().allMatch(request -> request.isRow(13));
        assertThat(story.tasks(id, "type=project"))
                .singleElement()
                .satisfies(
                        project -> assertThat(project.get("state").asString()).isEqualTo("UNVERIFIED"));
        assertThat(story.tasks(id, "kind=DELETE&state=DELETED")).isEmpty();
        assertThat(story.tasks(id, "kind=DELETE&state=COVERED")).isEmpty();
        assertThat(story.tasks(id, "kind=DELETE&state=ABSENT")).isEmpty();
    }

    @Test
    void listThatGoesWithItsResourceGroupProvesNothing() {
        Place hosting = apart("sinking");
        String id = story.planned(DeleteStory.all(DeleteStory.somebody("Sinking"), hosting));
        // The group goes in the very moment of the first DELETE; model management answers 404 to all that comes after.
        story.settings().faults = request -> {
            if (DeleteStory.isDelete(request, 12)) {
                story.change().removeGroup(hosting.subscriptionId(), hosting.resourceGroup());
            }
            return Optional.empty();
        };
        story.approve(id);
        assertThat(story.ended(id).get("stage").asString()).isNotEqualTo("COMPLETED");
        assertThat(story.deletes(hosting)).isNotEmpty().allMatch(request -> request.isRow(12));
        assertThat(story.tasks(id, "type=image"))
                .isNotEmpty()
                .allSatisfy(image -> assertThat(image.get("state").asString()).isEqualTo("UNVERIFIED"));
        assertThat(story.tasks(id, "kind=DELETE&state=DELETED")).isEmpty();
        assertThat(story.tasks(id, "kind=DELETE&state=COVERED")).isEmpty();
        assertThat(story.tasks(id, "kind=DELETE&state=ABSENT")).isEmpty();
    }

    @Test
    void accountThatIsGoneBeforeTheApprovalTookItsContentsAlong() {
        Place hosting = apart("gone-alone");
        String id = story.planned(DeleteStory.all(DeleteStory.somebody("GoneAlone"), hosting));
        story.change().removeHostingAccount(hosting);
        story.approve(id);
        story.drifted(id);
        story.until(
                id, ignored -> story.tasks(id, "kind=DELETE&state=VERIFYING").isEmpty());
        assertThat(story.tasks(id, "kind=DELETE"))
                .hasSizeGreaterThan(1)
                .allSatisfy(task -> assertThat(task.get("state").asString()).isEqualTo("ABSENT"));
        assertThat(story.deletes(hosting)).isEmpty();
    }

    @Test
    void resourceGroupThatIsGoneBeforeTheApprovalStopsEverything() {
        Place hosting = apart("gone");
        String id = story.planned(DeleteStory.all(DeleteStory.somebody("Gone"), hosting));
        story.change().removeGroup(hosting.subscriptionId(), hosting.resourceGroup());
        story.approve(id);
        story.until(
                id,
                view -> view.path("stageReason").asString("").equals("PLAN_DRIFTED")
                        || !view.get("finishedAt").isNull());
        assertThat(story.stageOf(id)).isNotEqualTo("COMPLETED");
        // Until nothing is being looked for any more: reading longer proves no more.
        story.until(
                id, ignored -> story.tasks(id, "kind=DELETE&state=VERIFYING").isEmpty());
        assertThat(story.tasks(id, "kind=DELETE"))
                .isNotEmpty()
                .allSatisfy(task -> assertThat(task.get("state").asString()).isEqualTo("UNVERIFIED"));
        assertThat(story.stageOf(id)).isNotEqualTo("COMPLETED");
        assertThat(story.deletes(hosting)).isEmpty();
    }

    /** A hosting account in a resource group of its own. */
    private Place apart(String name) {
        Place place = Place.hostingAccount(Estate.SUBSCRIPTION, "group-" + name, name);
        story.change().group(place.subscriptionId(), place.resourceGroup()).hostingAccount(place, "East US 2", 1, 0);
        return place;
    }
}
