package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.support.BrokerProcess;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import io.dsrbroker.support.PortalReceiver;
import io.dsrbroker.support.PortalReceiver.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A broker is killed while the portal still thinks about the first callback; the next one tells everything. */
@Tag("long")
class KilledCallbackTests {

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void nothingThatWasWrittenDownIsLost() throws Exception {
        Database database = Database.fresh();
        try (AzureSimulator azure = AzureSimulator.start(
                        Estate.generate(EstateSpec.small(), ExportStory.SUBJECT, ExportStory.OTHER));
                Issuer issuer = new Issuer();
                PortalReceiver receiver = new PortalReceiver().always("/x", 0);
                BrokerProcess broker = new BrokerProcess(
                        database, azure, issuer, folder, Map.of("dsr.callback.retry-schedule", "100ms,100ms,100ms"))) {
            broker.start();
            Portal portal = broker.portal("privacy-desk");
            String id = portal.submit(ExportStory.with(
                            ExportStory.request().put("callbackUrl", receiver.url("/x")),
                            azure.estate().places().getFirst(),
                            target -> {})
                    .toString());
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !portal.get("/requests/" + id)
                            .json()
                            .get("finishedAt")
                            .isNull());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !receiver.at("/x").isEmpty());
            broker.kill();
            int before = receiver.at("/x").size();
            receiver.always("/x", 204);

            broker.start();
            JsonNode callbacks = Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(
                            () -> portal.get("/requests/" + id + "/callbacks")
                                    .json()
                                    .get("items"),
                            items -> items.valueStream()
                                    .allMatch(
                                            each -> each.get("state").asString().equals("DELIVERED")));
            List<Received> after = receiver.at("/x").stream().skip(before).toList();
            assertThat(after.stream().map(Received::stage))
                    .containsExactlyElementsOf(callbacks
                            .valueStream()
                            .map(each -> each.get("stage").asString())
                            .toList());
            assertThat(after.getFirst().header("webhook-id"))
                    .isEqualTo(receiver.at("/x").getFirst().header("webhook-id"));
        }
    }
}
