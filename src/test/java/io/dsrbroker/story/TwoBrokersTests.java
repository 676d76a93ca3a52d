package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import io.dsrbroker.support.PortalReceiver;
import io.dsrbroker.support.PortalReceiver.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas on one database: together they take a request in once, and tell of each stage once. */
class TwoBrokersTests {

    private static final int AT_ONCE = 50;

    @TempDir
    private Path store = Path.of(".");

    @Test
    void fiftyAtOnceMakeOneJobAndEachOfItsStagesIsToldOnce() throws Exception {
        Database database = Database.fresh();
        try (AzureSimulator azure = AzureSimulator.start(
                        Estate.generate(EstateSpec.small(), ExportStory.SUBJECT, ExportStory.OTHER));
                Issuer issuer = new Issuer();
                PortalReceiver receiver = new PortalReceiver();
                Broker one = Broker.start(database, azure, issuer, store, Map.of());
                Broker two = Broker.start(database, azure, issuer, store, Map.of())) {
            String body = ExportStory.with(
                            ExportStory.request().put("callbackUrl", receiver.url("/x")),
                            azure.estate().places().getFirst(),
                            target -> {})
                    .toString();
            String key = UUID.randomUUID().toString();
            List<Portal> portals = List.of(
                    one.portal("privacy-desk", Issuer.ALL_SCOPES), two.portal("privacy-desk", Issuer.ALL_SCOPES));
            List<Future<Portal.Answer>> answers = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < AT_ONCE; i++) {
                    Portal portal = portals.get(i % 2);
                    answers.add(threads.submit(() -> portal.post("/requests", body, key)));
                }
            }
            Set<String> bodies = new HashSet<>();
            for (Future<Portal.Answer> answer : answers) {
                if (answer.get().status() == 202) {
                    bodies.add(answer.get().body());
                } else {
                    assertThat(answer.get().status()).as(answer.get().body()).isEqualTo(409);
                    assertThat(answer.get().json().get("type").asString()).isEqualTo("/problems/idempotency-in-flight");
                }
            }
            assertThat(bodies).hasSize(1);
            Portal portal = portals.getFirst();
            assertThat(portals.getLast().post("/requests", body, key).body())
                    .isEqualTo(bodies.iterator().next());
            assertThat(portal.get("/requests").json().get("items")).hasSize(1);

            String id = portal.get("/requests").json().at("/items/0/id").asString();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !portal.get("/requests/" + id)
                            .json()
                            .get("finishedAt")
                            .isNull());
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> portal.get("/requests/" + id + "/callbacks")
                            .json()
                            .get("items")
                            .valueStream()
                            .allMatch(each -> each.get("state").asString().equals("DELIVERED")));
            List<String> told = receiver.at("/x").stream().map(Received::stage).toList();
            assertThat(told).doesNotHaveDuplicates().hasSizeGreaterThan(1);
            assertThat(told)
                    .containsExactlyElementsOf(portal.get("/requests/" + id + "/callbacks")
                            .json()
                            .get("items")
                            .valueStream()
                            .map(each -> each.get("stage").asString())
                            .toList());
        }
    }
}
