package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static io.dsrbroker.story.ExportStory.request;
import static io.dsrbroker.story.ExportStory.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Hostile;
import io.dsrbroker.simulator.Hostile.Bait;
import io.dsrbroker.simulator.Hostile.Trick;
import io.dsrbroker.simulator.PagingDialect;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.SimulatorSettings.Async;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Links in the answers that lead to a trap: nothing ever reaches it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileLinkTests {

    private final DeleteStory story = DeleteStory.of(
            Estate.generate(
                    EstateSpec.small()
                            .withHostingAccounts(7, 1, 1)
                            .withLabs(7, 1, 1)
                            .withRuns(3, 0, 1)
                            .withCompute(0, 0),
                    SUBJECT),
            Map.of("dsr.retry.give-up", "3s"));

    @BeforeEach
    void links() {
        story.settings().pageSize(2);
        story.settings().dialect(PagingDialect.plain(PagingDialect.Continuation.LINK));
    }

    @AfterEach
    void nothingReachedTheTrap() {
        story.settings().hostile.clear();
        story.settings().asyncDeletes.clear();
        assertThat(story.azure().trap().connections()).isZero();
        assertThat(story.azure().bearerLeaks()).isEmpty();
    }

    @AfterAll
    void close() {
        story.close();
    }

    private Hostile hostile() {
        return story.settings().hostile;
    }

    private String export(Place place) {
        ObjectNode request = with(request(), place, target -> target.put("select", "ALL"));
        String id = story.portal().submit(request.toString());
        story.ended(id);
        return id;
    }

    private Place project() {
        return story.azure().estate().projects().getFirst();
    }

    private void assertHostile(List<JsonNode> tasks) {
        assertThat(tasks).isNotEmpty().allSatisfy(task -> {
            assertThat(task.get("state").asString()).isEqualTo("FAILED");
            assertThat(task.get("reason").asString()).isEqualTo("HOSTILE_URL");
            assertThat(task.get("detail").asString()).isNotBlank();
        });
    }

    @ParameterizedTest
    @EnumSource(Trick.class)
    @DisplayName("T7: a next page that leads astray is not followed")
    void nextPageThatLeadsAstrayIsNotFollowed(Trick trick) {
        hostile().bait(Bait.NEXT_LINK, trick);
        assertHostile(story.tasks(export(project()), "kind=DISCOVER&type=run"));
    }

    @ParameterizedTest
    @EnumSource(Trick.class)
    @DisplayName("T7: content that lies elsewhere is not fetched, and what is never followed does no harm")
    void contentThatLiesElsewhereIsNotFetched(Trick trick) {
        hostile()
                .bait(Bait.CONTENT_URI, trick)
                .bait(Bait.ARTIFACT_URI, trick)
                .bait(Bait.DISCOVERY_URI, trick)
                .bait(Bait.SELF, trick);
        assertHostile(story.tasks(export(project()), "type=artifact-content"));
    }

    @ParameterizedTest
    @EnumSource(Trick.class)
    @DisplayName("T7: a hosting account that tells of another host is asked at the configured one")
    void hostOfTheHostingAccountIsTheConfiguredOne(Trick trick) {
        hostile().bait(Bait.MODEL_MANAGEMENT_SWAGGER_LOCATION, trick);
        Place account = story.azure().estate().places().stream()
                .filter(place -> place.kind() == Place.Kind.HOSTING_ACCOUNT)
                .toList()
                .getLast();
        String id = export(account);
        assertThat(story.stageOf(id)).isEqualTo("COMPLETED");
        assertThat(story.tasks(id, "type=model&state=EXPORTED")).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(Trick.class)
    @DisplayName("T7: a place to ask at elsewhere is not asked, in either dialect")
    void placeToAskAtElsewhereIsNotAsked(Trick trick) {
        story.settings().asyncDeletes.put(10, new Async(Duration.ofMillis(100), false, false, 1));
        story.settings().asyncDeletes.put(13, new Async(Duration.ofMillis(100), false, true, 1));
        hostile()
                .bait(Bait.LOCATION, trick)
                .bait(Bait.AZURE_ASYNC_OPERATION, trick)
                .bait(Bait.OPERATION_LOCATION, trick);
        String id = story.done(DeleteStory.all(
                DeleteStory.somebody("Trapped" + trick.name().replace("_", "")), story.hosting(), story.lab()));
        assertHostile(story.tasks(id, "kind=DELETE&type=service"));
        assertHostile(story.tasks(id, "kind=DELETE&type=project"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm", "experiments"})
    @DisplayName("T7, §3 Redirect: a redirect is not followed, with or without the bearer")
    void redirectIsNotFollowed(String upstream) {
        hostile().redirect(upstream, 307);
        assertHostile(story.tasks(export(project()), "kind=DISCOVER&state=FAILED"));
    }

    @Test
    @DisplayName("T7: a redirect of content is not followed")
    void redirectOfContentIsNotFollowed() {
        hostile().redirect("content", 302);
        assertHostile(story.tasks(export(project()), "type=artifact-content"));
    }
}
