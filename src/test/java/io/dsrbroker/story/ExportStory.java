package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.audit.AuditVerification;
import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Person;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A broker, its upstreams and two people: the stage on which the stories of an export are told. */
final class ExportStory implements AutoCloseable {

    static final Person SUBJECT = Person.named("Ada", "Lovelace");
    static final Person OTHER = Person.named("Charles", "Babbage");
    static final Person THIRD = Person.named("Mary", "Somerville");

    private static final JsonMapper JSON = new JsonMapper();

    private final AzureSimulator azure;
    private final Issuer issuer = new Issuer();
    private final Database database = Database.fresh();
    private final Path store;
    private final Broker broker;
    private final Map<String, Bag> bags = new HashMap<>();

    private ExportStory(Estate estate, Map<String, String> settings) {
        this.azure = AzureSimulator.start(estate);
        try {
            this.store = Files.createTempDirectory("dsr-story");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> all = new HashMap<>(Broker.boundlessQuota());
        all.putAll(settings);
        this.broker = Broker.start(database, azure, issuer, store, all);
    }

    static ExportStory of(EstateSpec spec) {
        return of(Estate.generate(spec, SUBJECT, OTHER, THIRD), Map.of());
    }

    static ExportStory of(Estate estate, Map<String, String> settings) {
        return new ExportStory(estate, settings);
    }

    AzureSimulator azure() {
        return azure;
    }

    Broker broker() {
        return broker;
    }

    Database database() {
        return database;
    }

    Issuer issuer() {
        return issuer;
    }

    Path store() {
        return store;
    }

    /** The person who sends requests. */
    Portal portal() {
        return broker.portal("privacy-desk", Issuer.ALL_SCOPES);
    }

    /** Another person, who may decide. */
    Portal officer() {
        return broker.portal("privacy-officer", Issuer.ALL_SCOPES);
    }

    /** An export request for the subject, with a working token for the Gallery. */
    static ObjectNode request() {
        ObjectNode request = JSON.createObjectNode().put("type", "EXPORT");
        request.putObject("subject")
                .put("galleryAuthorId", SUBJECT.authorId())
                .put("objectId", SUBJECT.objectId())
                .put("email", SUBJECT.userName());
        request.putObject("secrets").put("dataLabAccessToken", "good-token");
        request.putArray("targets");
        return request;
    }

    /** Adds a target to a request. */
    static ObjectNode with(ObjectNode request, Place place, Consumer<ObjectNode> more) {
        ObjectNode target = place.target();
        more.accept(target);
        request.withArray("/targets").add(target);
        return request;
    }

    /** Waits until a request has ended; answers its view. */
    JsonNode ended(String id) {
        return until(id, view -> !view.get("finishedAt").isNull());
    }

    /** Waits until a request's view is as wished. */
    JsonNode until(String id, java.util.function.Predicate<JsonNode> wish) {
        Portal portal = portal();
        return Awaitility.await()
                .alias("request " + id)
                .atMost(Duration.ofMinutes(3))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> portal.get("/requests/" + id).json(), wish);
    }

    /** All tasks of a request that the query selects. */
    List<JsonNode> tasks(String id, String query) {
        Portal portal = portal();
        List<JsonNode> tasks = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = portal.get("/requests/" + id + "/resources?limit=500&" + query + cursor)
                    .json();
            page.get("items").forEach(tasks::add);
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asString();
        } while (!cursor.isEmpty());
        return tasks;
    }

    /** How many tasks of each type ended as exported. */
    Map<String, Integer> exported(String id) {
        Map<String, Integer> counts = new TreeMap<>();
        tasks(id, "kind=EXPORT&state=EXPORTED")
                .forEach(task -> counts.merge(task.get("type").asString(), 1, Integer::sum));
        return counts;
    }

    /** The package of a request, unpacked once. */
    Bag bag(String id) {
        return bags.computeIfAbsent(id, this::unpacked);
    }

    private Bag unpacked(String id) {
        Path zip = store.resolve("download.zip");
        int status = portal().download("/requests/" + id + "/package", zip);
        if (status != 200) {
            throw new IllegalStateException("No package: " + status);
        }
        return Bag.unpack(zip, store.resolve("unpacked-" + id));
    }

    /** Whatever was told, nothing that the broker wrote down about it may contradict itself. */
    @Override
    public void close() {
        try {
            assertThat(broker.bean(AuditVerification.class)
                            .verify(java.util.Optional.empty())
                            .findings())
                    .isEmpty();
        } finally {
            broker.close();
            issuer.close();
            azure.close();
        }
    }
}
