package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.LoggedRequest;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.Select;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A request may ask for an export before its delete; then nothing goes that has not been exported. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportFirstTests {

    /** Calls that no proof of absence needs. */
    private static final Set<Integer> EXPORT_ROWS = Set.of(36, 39);

    private final DeleteStory story = DeleteStory.of(EstateSpec.small()
            .withHostingAccounts(0, 0, 0)
            .withLabs(2, 1, 1)
            .withRuns(5, 1, 2)
            .withCompute(0, 0));

    @AfterEach
    void asBefore() {
        story.settings().contentOrigin = null;
    }

    @AfterAll
    void close() {
        story.close();
    }

    private static ObjectNode request(Place place) {
        return DeleteStory.all(SUBJECT, place).put("exportFirst", true);
    }

    @Test
    @DisplayName("T3: a project goes only after all of it is exported")
    void projectGoesAfterItsExport() throws Exception {
        Place project = story.projects(story.lab()).getFirst();
        Map<String, Integer> held = new TreeMap<>(story.azure().held(SUBJECT, Select.ALL, project));
        held.values().removeIf(count -> count == 0);
        String id = story.done(request(project));
        assertThat(story.stageOf(id)).isEqualTo("COMPLETED");
        assertThat(story.azure().held(SUBJECT, Select.ALL, project)).isEmpty();

        Bag bag = story.bag(id);
        assertThat(bag.checkManifest()).isZero();
        Map<String, Integer> exported = new TreeMap<>();
        bag.exported().forEach(item -> exported.merge(item.get("type").asString(), 1, Integer::sum));
        assertThat(exported).isEqualTo(held);

        List<LoggedRequest> deletes = story.deletes(project);
        assertThat(deletes).isNotEmpty();
        assertThat(story.azure().log())
                .filteredOn(request -> request.upstream().equals("content")
                        || (EXPORT_ROWS.contains(request.row()) && DeleteStory.concerns(request, project)))
                .isNotEmpty()
                .allSatisfy(request ->
                        assertThat(request.seq()).isLessThan(deletes.getFirst().seq()));
    }

    @Test
    @DisplayName("T3: a project whose export is not complete stays")
    void projectWhoseExportIsNotCompleteStays() {
        Place project = story.projects(story.lab()).getFirst();
        story.settings().contentOrigin = "http://169.254.169.254";
        String id = story.done(request(project));
        assertThat(story.stageOf(id)).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        List<JsonNode> contents = story.tasks(id, "kind=EXPORT&type=artifact-content");
        assertThat(contents)
                .isNotEmpty()
                .allSatisfy(
                        content -> assertThat(content.get("reason").asString()).isEqualTo("HOSTILE_URL"));
        assertThat(story.tasks(id, "kind=DELETE&type=project"))
                .singleElement()
                .satisfies(task -> assertThat(task.get("state").asString()).isEqualTo("SKIPPED"));
        assertThat(story.deletes(project)).isEmpty();
        assertThat(story.azure().held(SUBJECT, Select.ALL, project))
                .containsEntry("project", 1)
                .containsEntry("run", 5);
    }
}
