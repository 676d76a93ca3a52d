package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.LoggedRequest;
import io.dsrbroker.simulator.Person;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.SimulatorSettings;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The stage of {@link ExportStory} on which things are deleted: one plans, another approves, then it is waited for. */
final class DeleteStory implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    /** Settings with which proofs come quickly. */
    static final Map<String, String> QUICK = Map.of(
            "dsr.lanes.poll", "200ms",
            "dsr.verify.spacing", "200ms",
            "dsr.verify.reads", "2",
            "dsr.verify.patience", "5s",
            "dsr.retry.base-delay", "200ms",
            "dsr.retry.max-delay", "1s");

    private final ExportStory stage;
    private final Iterator<Place> labs;
    private final Iterator<Place> hostings;

    private DeleteStory(Estate estate, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(QUICK);
        settings.putAll(more);
        this.stage = ExportStory.of(estate, settings);
        this.labs = places(estate, Place.Kind.EXPERIMENTATION_ACCOUNT).iterator();
        this.hostings = places(estate, Place.Kind.HOSTING_ACCOUNT).iterator();
    }

    /** A plan with the items of all its pages. */
    record Plan(JsonNode view, List<JsonNode> items) {

        String hash() {
            return view.get("planHash").asString();
        }

        List<JsonNode> items(String type) {
            return items.stream()
                    .filter(item -> item.get("type").asString().equals(type))
                    .toList();
        }

        JsonNode item(String type, String key) {
            return items(type).stream()
                    .filter(item -> item.get("key").asString().equals(key))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("Not in the plan: " + type + " " + key));
        }
    }

    static DeleteStory of(EstateSpec spec) {
        return of(Estate.generate(spec, ExportStory.SUBJECT, ExportStory.OTHER), Map.of());
    }

    /** With a console. */
    static DeleteStory withConsole(EstateSpec spec) {
        return of(Estate.generate(spec, ExportStory.SUBJECT, ExportStory.OTHER), Issuer.CONSOLE);
    }

    static DeleteStory of(Estate estate, Map<String, String> more) {
        return new DeleteStory(estate, more);
    }

    private static List<Place> places(Estate estate, Place.Kind kind) {
        return estate.places().stream().filter(place -> place.kind() == kind).toList();
    }

    AzureSimulator azure() {
        return stage.azure();
    }

    SimulatorSettings settings() {
        return stage.azure().settings();
    }

    Estate.Builder change() {
        return stage.azure().estate().change();
    }

    Portal portal() {
        return stage.portal();
    }

    Broker broker() {
        return stage.broker();
    }

    Issuer issuer() {
        return stage.issuer();
    }

    Database database() {
        return stage.database();
    }

    /** Where the broker's API is. */
    String url() {
        return stage.broker().url();
    }

    Portal officer() {
        return stage.officer();
    }

    /** An experimentation account that no test has used. */
    Place lab() {
        return labs.next();
    }

    /** A hosting account that no test has used. */
    Place hosting() {
        return hostings.next();
    }

    /** The projects of an experimentation account that are still there. */
    List<Place> projects(Place lab) {
        return azure().estate().projects().stream()
                .filter(project -> Objects.equals(project.account(), lab.account()))
                .toList();
    }

    /** Somebody who has no other request. */
    static Person somebody(String name) {
        return Person.named(name, "Subject");
    }

    /** A delete request for this person, whose identity has been verified. */
    static ObjectNode request(Person subject) {
        ObjectNode request = JSON.createObjectNode().put("type", "DELETE");
        request.putObject("subject")
                .put("galleryAuthorId", subject.authorId())
                .put("objectId", subject.objectId())
                .put("email", subject.userName());
        request.putObject("secrets").put("dataLabAccessToken", "good-token");
        request.putObject("verification")
                .put("method", "id-document")
                .put("verifiedBy", "privacy-desk")
                .put("verifiedAt", "2026-01-02T03:04:05Z");
        request.putArray("targets");
        return request;
    }

    /** A delete request for all that is in these places, whoever made it. */
    static ObjectNode all(Person subject, Place... places) {
        ObjectNode request = request(subject);
        for (Place place : places) {
            ExportStory.with(request, place, target -> target.put("select", "ALL"));
        }
        return request;
    }

    /** Submits a request and waits until its plan can be approved. */
    String planned(ObjectNode request) {
        String id = portal().submit(request.toString());
        assertThat(settled(id).get("stage").asString()).isEqualTo("AWAITING_APPROVAL");
        return id;
    }

    /** Waits until a request waits for approval or has ended. */
    JsonNode settled(String id) {
        return until(
                id,
                view -> view.get("stage").asString().equals("AWAITING_APPROVAL")
                        || !view.get("finishedAt").isNull());
    }

    /** Waits until a request has been sent back because its plan has changed. */
    JsonNode drifted(String id) {
        JsonNode view = until(
                id,
                one -> one.path("stageReason").asString("").equals("PLAN_DRIFTED")
                        || !one.get("finishedAt").isNull());
        assertThat(view.get("stage").asString()).isEqualTo("AWAITING_APPROVAL");
        return view;
    }

    /** The plan that waits for approval. */
    Plan plan(String id) {
        Portal portal = portal();
        List<JsonNode> items = new ArrayList<>();
        JsonNode first = portal.get("/requests/" + id + "/plan?limit=100").json();
        JsonNode page = first;
        page.get("items").forEach(items::add);
        while (!page.get("next").isNull()) {
            page = portal.get("/requests/" + id + "/plan?limit=100&cursor="
                            + page.get("next").asString())
                    .json();
            page.get("items").forEach(items::add);
        }
        return new Plan(first, items);
    }

    /** Approves what the plan says now. */
    void approve(String id) {
        Portal.Answer answer = approve(id, plan(id).hash(), List.of());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /** The officer approves this plan but for these tasks. */
    Portal.Answer approve(String id, String planHash, List<String> exclude) {
        return officer().post("/requests/" + id + "/approval", approval(planHash, exclude));
    }

    static String approval(String planHash, List<String> exclude) {
        ObjectNode body = JSON.createObjectNode().put("planHash", planHash).put("comment", "seen");
        exclude.forEach(task ->
                body.withArray("/exclude").addObject().put("taskId", task).put("reason", "litigation"));
        return body.toString();
    }

    /** Plans, approves and waits for the end; answers the request's id. */
    String done(ObjectNode request) {
        String id = planned(request);
        approve(id);
        ended(id);
        return id;
    }

    JsonNode ended(String id) {
        return stage.ended(id);
    }

    JsonNode until(String id, Predicate<JsonNode> wish) {
        return stage.until(id, wish);
    }

    /** Waits until a task is as wished; answers it with its history. */
    JsonNode task(String id, String task, Predicate<JsonNode> wish) {
        Portal portal = portal();
        return Awaitility.await()
                .alias("task " + task)
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> portal.get("/requests/" + id + "/resources/" + task)
                                .json(),
                        wish);
    }

    String stageOf(String id) {
        return portal().get("/requests/" + id).json().get("stage").asString();
    }

    List<JsonNode> tasks(String id, String query) {
        return stage.tasks(id, query);
    }

    Bag bag(String id) {
        return stage.bag(id);
    }

    /** Does something to a request as the person who sent it. */
    Portal.Answer post(String id, String action, String body) {
        return portal().post("/requests/" + id + "/" + action, body);
    }

    /** The destructive calls so far. */
    List<LoggedRequest> deletes() {
        return azure().log().stream()
                .filter(request -> request.method().equals("DELETE"))
                .toList();
    }

    /** The destructive calls for an account and what is in it. */
    List<LoggedRequest> deletes(Place account) {
        return deletes().stream().filter(request -> concerns(request, account)).toList();
    }

    /** Whether a request is for an account, or for something in it. */
    static boolean concerns(LoggedRequest request, Place account) {
        String path = "/accounts/" + account.account();
        return request.target().contains(path + "/") || request.target().contains(path + "?");
    }

    /** Whether a request is the DELETE of this row. */
    static boolean isDelete(LoggedRequest request, int row) {
        return request.method().equals("DELETE") && request.isRow(row);
    }

    /** Asserts that nothing of an account is deleted, now and for a while. */
    void nothingIsDeleted(Place account) {
        Awaitility.await()
                .during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(deletes(account)).isEmpty());
    }

    @Override
    public void close() {
        stage.close();
    }
}
