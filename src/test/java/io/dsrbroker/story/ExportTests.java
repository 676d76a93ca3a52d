package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static io.dsrbroker.story.ExportStory.request;
import static io.dsrbroker.story.ExportStory.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.Redaction;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.Select;
import io.dsrbroker.support.Issuer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import portal.client.model.ExceptionView;
import portal.client.model.LaneView;
import portal.client.model.NewRequest;
import portal.client.model.NewSubject;
import portal.client.model.NewTarget;
import portal.client.model.Problem;
import portal.client.model.RequestType;
import portal.client.model.RequestView;
import portal.client.model.ResourceView;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An export of a whole estate: everything that the simulator holds arrives, and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportTests {

    private final EstateSpec spec = EstateSpec.small()
            .withHostingAccounts(2, 4, 2)
            .withLabs(2, 2, 3)
            .withRuns(20, 2, 3)
            .withGallery(6, 3);

    private final ExportStory story = ExportStory.of(spec);
    private String all = "";
    private String owned = "";

    @BeforeAll
    void bothJobsRunAtOnce() {
        all = story.portal().submit(everything("ALL").toString());
        owned = story.portal().submit(everything("OWNED").toString());
        assertThat(story.ended(all).get("stage").asString()).isEqualTo("COMPLETED");
        assertThat(story.ended(owned).get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
    }

    @AfterAll
    void close() {
        story.close();
    }

    /** Every place of the estate, named one by one; under OWNED what nobody owns is left out. */
    private ObjectNode everything(String select) {
        ObjectNode request = request();
        for (Place place : story.azure().estate().places()) {
            with(request, place, target -> {
                if (!target.get("kind").asString().equals("gallery-author")) {
                    target.put("select", select).put("unknownOwner", "EXCLUDE");
                }
            });
        }
        return request;
    }

    @Test
    @DisplayName("T8, T9, T10, T19: services by id, containers by the run's field, paths with slashes, and hidden runs")
    void underAllEveryObjectOfTheEstateIsExported() {
        assertThat(story.exported(all)).isEqualTo(new TreeMap<>(held(Select.ALL)));
    }

    @Test
    void underOwnedExactlyTheSubjectsObjectsAreExported() {
        assertThat(story.exported(owned)).isEqualTo(new TreeMap<>(held(Select.OWNED)));
    }

    private Map<String, Integer> held(Select select) {
        Map<String, Integer> held = new TreeMap<>(story.azure().held(SUBJECT, select));
        held.values().removeIf(count -> count == 0);
        return held;
    }

    @Test
    void underOwnedNoDocumentOfAnotherPersonIsInThePackage() {
        Set<String> mine = new HashSet<>();
        story.tasks(owned, "type=run&state=EXPORTED")
                .forEach(run -> mine.add(run.get("taskId").asString()));
        assertThat(mine).isNotEmpty();
        assertThat(story.bag(owned).containing(ExportStory.OTHER.objectId())).isEmpty();
        assertThat(story.bag(all).containing(ExportStory.OTHER.objectId())).isNotEmpty();
    }

    @Test
    void documentsAreWhatWasServedLessRedactions() {
        Bag bag = story.bag(all);
        Catalogue catalogue = story.broker().bean(Catalogue.class);
        Map<String, Place> folders = folders();
        int compared = 0;
        for (JsonNode item : bag.exported()) {
            String type = item.get("type").asString();
            String path = item.get("path").asString();
            Place place = folders.entrySet().stream()
                    .filter(folder -> path.startsWith(folder.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
            if (place == null || type.equals("artifact-content")) {
                continue;
            }
            JsonNode served = story.azure().document(type, place, documentKey(type, path, item));
            assertThat(served).as("%s %s", type, path).isNotNull();
            JsonNode expected = Redaction.of(catalogue.type(type))
                    .apply(Objects.requireNonNull(served).deepCopy());
            assertThat(bag.json(path)).as("%s %s", type, path).isEqualTo(reread(expected));
            compared++;
        }
        assertThat(compared).isGreaterThan(1500);
    }

    @Test
    void clientThatIsGeneratedFromTheDescriptionCarriesARequestThrough() throws Exception {
        GeneratedClient client =
                new GeneratedClient(story.broker().url(), story.broker().token("privacy-desk", Issuer.ALL_SCOPES));
        NewSubject subject = new NewSubject().galleryAuthorId(SUBJECT.authorId());
        NewRequest request = new NewRequest()
                .type(RequestType.EXPORT)
                .externalId("generated-1")
                .subject(subject)
                .addTargetsItem(new NewTarget().kind(NewTarget.KindEnum.GALLERY_AUTHOR));

        RequestView taken = client.submit(request);
        assertThat(taken.getExternalId()).isEqualTo("generated-1");
        assertThat(taken.getCreatedBy().getSub()).isEqualTo("privacy-desk");
        assertThat(taken.getFinishedAt()).isNull();

        RequestView ended = client.ended(taken.getId());
        assertThat(ended.getStage()).isEqualTo(portal.client.model.Stage.COMPLETED_WITH_EXCEPTIONS);
        assertThat(ended.getExceptions())
                .extracting(ExceptionView::getReason)
                .contains(portal.client.model.Reason.TOKEN_MISSING);
        assertThat(ended.getFinishedAt()).isAfterOrEqualTo(taken.getCreatedAt());

        List<ResourceView> resources = client.resources(taken.getId(), 2);
        assertThat(resources)
                .hasSize(Objects.requireNonNull(ended.getCounts().getTotal()).intValue())
                .hasSizeGreaterThan(2);
        assertThat(resources).extracting(ResourceView::getTaskId).doesNotHaveDuplicates();
        assertThat(client.resource(taken.getId(), resources.getFirst().getTaskId())
                        .getHistory())
                .isNotEmpty();
        assertThat(client.lanes()).extracting(LaneView::getLane).contains("gallery-catalog");

        subject.galleryAuthorId("not one");
        Problem problem = client.refused(() -> client.submit(request));
        assertThat(problem.getType()).isEqualTo("/problems/validation");
        assertThat(problem.getStatus()).isEqualTo(422);
        assertThat(problem.getErrors()).singleElement().satisfies(error -> {
            assertThat(error.getPointer()).isEqualTo("/subject/galleryAuthorId");
            assertThat(error.getDetail()).isEqualTo("Must be 64 upper-case hex digits.");
        });
    }

    private static JsonNode reread(JsonNode document) {
        return new tools.jackson.databind.json.JsonMapper()
                .reader()
                .with(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .readTree(document.toString());
    }

    /** The folders of the projects in the package. */
    private Map<String, Place> folders() {
        JsonNode targets = story.portal().get("/requests/" + all).json().get("targets");
        Map<String, Place> folders = new HashMap<>();
        for (Place project : story.azure().estate().projects()) {
            ObjectNode place = project.target();
            for (int i = 0; i < targets.size(); i++) {
                JsonNode target = targets.get(i);
                if (target.get("kind").asString().equals("experimentation-account")
                        && target.get("account").equals(place.get("account"))) {
                    folders.put(
                            "data/experimentation-account-%d/workspaces/%s/projects/%s/"
                                    .formatted(
                                            i + 1,
                                            place.get("workspace").asString(),
                                            place.get("project").asString()),
                            project);
                }
            }
        }
        return folders;
    }

    private static String documentKey(String type, String path, JsonNode item) {
        String key = item.get("key").asString();
        if (!type.equals("artifact") && !type.equals("run-artifact")) {
            return key;
        }
        String run = path.substring(path.indexOf("/runs/") + "/runs/".length());
        return run.substring(0, run.indexOf('/')) + "/" + key;
    }

    @Test
    @DisplayName("T5: contents are downloaded, and the bearer goes to no blob host")
    void contentsAreTheBytesThatWereServedAndTheBearerNeverLeft() {
        Bag bag = story.bag(all);
        int compared = 0;
        for (JsonNode item : bag.exported()) {
            if (item.get("type").asString().equals("artifact-content")) {
                String path = item.get("path").asString();
                assertThat((long) bag.bytes(path).length)
                        .isEqualTo(item.get("bytes").asLong());
                compared++;
            }
        }
        assertThat(compared).isEqualTo(held(Select.ALL).get("artifact-content"));
        assertThat(story.azure().bearerLeaks()).isEmpty();
    }

    @Test
    @DisplayName("T5, T6: no credential and no signed URL is in the package")
    void noCredentialIsInThePackage() {
        assertThat(story.bag(all).containing(Estate.SECRET_MARKER)).isEmpty();
    }

    @Test
    void manifestVerifiesWithSha256sum() throws Exception {
        assertThat(story.bag(all).checkManifest()).isZero();
        assertThat(story.bag(owned).checkManifest()).isZero();
    }

    @Test
    void underOwnedOthersAndContainersAreCountedInWhatWasFound() {
        JsonNode runs = story.tasks(owned, "kind=DISCOVER&type=run").getFirst().get("found");
        assertThat(runs.get("subject").asInt()
                        + runs.get("others").asInt()
                        + runs.get("unknown").asInt())
                .isEqualTo(20);
        assertThat(runs.get("others").asInt()).isPositive();
        assertThat(story.tasks(owned, "kind=DISCOVER&type=project"))
                .allSatisfy(found ->
                        assertThat(found.get("found").get("containers").asInt()).isEqualTo(3));
    }

    @Test
    void whatNobodyOwnsIsSkippedAsTheRequestWished() {
        assertThat(story.tasks(owned, "type=model")).hasSize(8).allSatisfy(model -> {
            assertThat(model.get("state").asString()).isEqualTo("SKIPPED");
            assertThat(model.get("reason").asString()).isEqualTo("EXCLUDED");
        });
    }

    @Test
    void everyTaskCarriesItsEvidence() {
        assertThat(story.tasks(all, "state=EXPORTED"))
                .allSatisfy(task ->
                        assertThat(task.get("evidence").get("status").asInt()).isEqualTo(200));
        JsonNode run = story.tasks(all, "type=run").getFirst();
        assertThat(run.get("evidence").get("row").asInt()).isEqualTo(32);
        assertThat(run.get("evidence").get("upstreamRequestId").asString()).isNotBlank();
        JsonNode entity = story.tasks(all, "type=gallery-entity").getFirst();
        assertThat(entity.get("evidence").get("row").asInt()).isEqualTo(3);
    }
}
