package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.Run;
import io.dsrbroker.simulator.RunOwner;
import io.dsrbroker.simulator.Select;
import io.dsrbroker.support.Portal;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What was approved is no longer what is there: nothing is deleted, and people are shown what has changed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftTests {

    private final DeleteStory story = DeleteStory.of(EstateSpec.small()
            .withHostingAccounts(3, 2, 0)
            .withLabs(2, 1, 1)
            .withRuns(4, 1, 1)
            .withCompute(0, 0));

    @AfterAll
    void close() {
        story.close();
    }

    @Test
    void newRunVoidsTheApproval() {
        Place lab = story.lab();
        String id = story.planned(DeleteStory.all(DeleteStory.somebody("NewRun"), lab));
        Place project = story.projects(lab).getFirst();
        story.change().run(project, new Run("run-new", 99, "e", new RunOwner.InFull(OTHER), false, 0, List.of()));
        driftedAndThenApprovedAnew(id, lab, "added", "run-new");
    }

    @Test
    @Tag("long")
    void vanishedRunVoidsTheApproval() {
        Place lab = story.lab();
        String id = story.planned(DeleteStory.all(DeleteStory.somebody("LostRun"), lab));
        story.change().removeRun(story.projects(lab).getFirst(), "run-2");
        driftedAndThenApprovedAnew(id, lab, "vanished", "run-2");
    }

    @Test
    @Tag("long")
    void newModelVoidsTheApproval() {
        Place hosting = story.hosting();
        String id = story.planned(DeleteStory.all(DeleteStory.somebody("NewModel"), hosting));
        story.change().model(hosting, 99);
        String added = story.azure().estate().modelIds(hosting).getLast();
        driftedAndThenApprovedAnew(id, hosting, "added", added);
    }

    @Test
    void vanishedModelVoidsTheApproval() {
        Place hosting = story.hosting();
        String id = story.planned(DeleteStory.all(DeleteStory.somebody("LostModel"), hosting));
        String lost = story.azure().estate().modelIds(hosting).getLast();
        story.change().removeModel(hosting, lost);
        driftedAndThenApprovedAnew(id, hosting, "vanished", lost);
    }

    @Test
    @Tag("long")
    void whatReturnsAfterAPlanWithoutItIsNotDeletedByThatPlan() {
        Place hosting = story.hosting();
        story.change().model(hosting, 98);
        String returning = story.azure().estate().modelIds(hosting).getLast();
        String id = story.planned(DeleteStory.all(DeleteStory.somebody("Returning"), hosting));
        story.change().removeModel(hosting, returning);
        story.approve(id);
        story.drifted(id);
        story.change().model(hosting, 98);
        story.approve(id);
        story.drifted(id);
        assertThat(story.plan(id).view().get("difference").get("added"))
                .anySatisfy(changed -> assertThat(changed.get("key").asString()).isEqualTo(returning));
        story.nothingIsDeleted(hosting);
        story.approve(id);
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
        assertThat(story.azure().estate().modelIds(hosting)).isEmpty();
    }

    private void driftedAndThenApprovedAnew(String id, Place account, String how, String key) {
        String old = story.plan(id).hash();
        story.approve(id);
        JsonNode view = story.drifted(id);
        assertThat(view.get("status").asString()).isEqualTo("PENDING");
        assertThat(story.deletes(account)).isEmpty();

        DeleteStory.Plan now = story.plan(id);
        assertThat(now.hash()).isNotEqualTo(old);
        assertThat(now.view().get("difference").get(how))
                .anySatisfy(changed -> assertThat(changed.get("key").asString()).isEqualTo(key));
        Portal.Answer stale = story.approve(id, old, List.of());
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.json().get("type").asString()).isEqualTo("/problems/plan-changed");
        assertThat(stale.json().get("planHash").asString()).isEqualTo(now.hash());
        story.nothingIsDeleted(account);

        assertThat(story.approve(id, now.hash(), List.of()).status()).isEqualTo(200);
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED");
        assertThat(story.azure().held(DeleteStory.somebody("Nobody"), Select.ALL, account))
                .isEmpty();
    }
}
