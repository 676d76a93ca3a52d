package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.OTHER;
import static io.dsrbroker.story.ExportStory.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Fault;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.Select;
import io.dsrbroker.support.BrokerProcess;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A broker process is killed between a DELETE and its answer; the next one finds out what became of it. */
@Tag("long")
class KilledDeleteTests {

    private static final Place HOSTING = Place.hostingAccount(Estate.SUBSCRIPTION, Estate.GROUP, "models1");

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void deleteWithoutAnswerEndsDeletedWithBothAttemptsInEvidence() throws Exception {
        EstateSpec spec = EstateSpec.small()
                .withHostingAccounts(1, 1, 0)
                .withLabs(0, 0, 0)
                .withCompute(0, 0);
        Database database = Database.fresh();
        try (AzureSimulator azure = AzureSimulator.start(Estate.generate(spec, SUBJECT, OTHER));
                Issuer issuer = new Issuer();
                BrokerProcess broker = new BrokerProcess(database, azure, issuer, folder, settings())) {
            broker.start();
            Portal portal = broker.portal("privacy-desk");
            String id = portal.submit(DeleteStory.all(SUBJECT, HOSTING).toString());
            until(portal, "/requests/" + id, "stage", "AWAITING_APPROVAL");

            // The model is gone at once, but the answer does not come before the end.
            AtomicBoolean sent = new AtomicBoolean();
            azure.settings().faults = request -> DeleteStory.isDelete(request, 6) && sent.compareAndSet(false, true)
                    ? Optional.of(Fault.late(Duration.ofSeconds(30)))
                    : Optional.empty();
            String hash = portal.get("/requests/" + id + "/plan")
                    .json()
                    .get("planHash")
                    .asString();
            Portal.Answer approved = broker.portal("privacy-officer")
                    .post("/requests/" + id + "/approval", DeleteStory.approval(hash, List.of()));
            assertThat(approved.status()).as(approved.body()).isEqualTo(200);
            Awaitility.await().atMost(Duration.ofMinutes(1)).untilTrue(sent);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> azure.estate().modelIds(HOSTING).isEmpty());
            broker.kill();

            broker.start();
            JsonNode view = Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(
                            () -> portal.get("/requests/" + id).json(),
                            one -> !one.get("finishedAt").isNull());
            assertThat(view.get("stage").asString()).isEqualTo("COMPLETED");
            assertThat(azure.held(SUBJECT, Select.ALL, HOSTING)).isEmpty();
            provenByTheNextBroker(portal, id);
        }
    }

    private static void provenByTheNextBroker(Portal portal, String id) {
        String model = portal.get("/requests/" + id + "/resources?type=model")
                .json()
                .get("items")
                .get(0)
                .get("taskId")
                .asString();
        JsonNode task = portal.get("/requests/" + id + "/resources/" + model).json();
        assertThat(task.get("state").asString()).isEqualTo("DELETED");
        assertThat(task.get("attempts").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(task.get("history")).anySatisfy(entry -> {
            assertThat(entry.get("method").asString()).isEqualTo("DELETE");
            assertThat(entry.get("status").isNull()).isTrue();
        });
        JsonNode last = task.get("history").get(task.get("history").size() - 1);
        assertThat(last.get("method").asString()).isEqualTo("GET");
        assertThat(last.get("status").asInt()).isIn(200, 404);
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(DeleteStory.QUICK);
        settings.put("dsr.lanes.heartbeat", "500ms");
        return settings;
    }

    private static void until(Portal portal, String path, String field, String value) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> portal.get(path).json().get(field).asString().equals(value));
    }
}
