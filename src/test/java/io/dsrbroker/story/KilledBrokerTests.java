package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.OTHER;
import static io.dsrbroker.story.ExportStory.SUBJECT;
import static io.dsrbroker.story.ExportStory.request;
import static io.dsrbroker.story.ExportStory.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.Select;
import io.dsrbroker.support.BrokerProcess;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A broker process is killed without warning; the next one on the same database finishes what it began. */
@Tag("long")
class KilledBrokerTests {

    /** Slow enough to be killed in the middle. */
    private static final Map<String, String> SLOW =
            Map.of("dsr.lanes.experiments.reads-per-second", "200", "dsr.lanes.arm.reads-per-second", "200");

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void jobOfKilledProcessEndsWithTheSameResult() throws Exception {
        Database database = Database.fresh();
        try (AzureSimulator azure = AzureSimulator.start(
                        Estate.generate(EstateSpec.small().withLabs(1, 2, 2).withRuns(20, 2, 3), SUBJECT, OTHER));
                Issuer issuer = new Issuer();
                BrokerProcess broker = new BrokerProcess(database, azure, issuer, folder, SLOW)) {
            broker.start();
            Portal portal = broker.portal("privacy-desk");
            String id = portal.submit(everything(azure).toString());
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> exported(portal, id) > 100);
            broker.kill();

            broker.start();
            assertThat(exported(portal, id)).isBetween(100, 900);
            JsonNode view = Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(
                            () -> portal.get("/requests/" + id).json(),
                            one -> !one.get("finishedAt").isNull());
            assertThat(view.get("stage").asString()).isEqualTo("COMPLETED");
            Path zip = folder.resolve("package.zip");
            assertThat(portal.download("/requests/" + id + "/package", zip)).isEqualTo(200);
            Bag bag = Bag.unpack(zip, folder.resolve("unpacked"));
            assertThat(bag.checkManifest()).isZero();
            Map<String, Integer> inPackage = new TreeMap<>();
            bag.exported().forEach(item -> inPackage.merge(item.get("type").asString(), 1, Integer::sum));
            Map<String, Integer> held = new TreeMap<>(azure.held(SUBJECT, Select.ALL));
            held.values().removeIf(count -> count == 0);
            assertThat(inPackage).isEqualTo(held);
        }
    }

    private static ObjectNode everything(AzureSimulator azure) {
        ObjectNode request = request();
        for (Place place : azure.estate().places()) {
            with(request, place, target -> {
                if (!target.get("kind").asString().equals("gallery-author")) {
                    target.put("select", "ALL");
                }
            });
        }
        return request;
    }

    private static int exported(Portal portal, String id) {
        return portal.get("/requests/" + id)
                .json()
                .get("counts")
                .get("byState")
                .path("EXPORTED")
                .asInt(0);
    }
}
