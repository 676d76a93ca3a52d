package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.OTHER;
import static io.dsrbroker.story.ExportStory.SUBJECT;
import static io.dsrbroker.story.ExportStory.request;
import static io.dsrbroker.story.ExportStory.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.DsrBrokerApplication;
import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.simulator.Select;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A broker process is killed without warning; the next one on the same database finishes what it began. */
class KilledBrokerTests {

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void jobOfKilledProcessEndsWithTheSameResult() throws Exception {
        Database database = Database.fresh();
        try (AzureSimulator azure = AzureSimulator.start(
                        Estate.generate(EstateSpec.small().withLabs(1, 2, 2).withRuns(20, 2, 3), SUBJECT, OTHER));
                Issuer issuer = new Issuer()) {
            int port = freePort();
            Portal portal = new Portal("http://127.0.0.1:" + port, issuer.token("privacy-desk", Issuer.ALL_SCOPES));
            Process first = start(database, azure, issuer, port);
            String id;
            try {
                answering(portal);
                id = portal.submit(everything(azure).toString());
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> exported(portal, id) > 100);
            } finally {
                first.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
            Process second = start(database, azure, issuer, port);
            try {
                answering(portal);
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
            } finally {
                second.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
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

    private static void answering(Portal portal) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptionsMatching(
                        e -> e.getCause() instanceof ConnectException || e instanceof ConnectException)
                .until(() -> portal.get("/requests").status() == 200);
    }

    private Process start(Database database, AzureSimulator azure, Issuer issuer, int port) throws IOException {
        Map<String, String> settings = new TreeMap<>(Broker.settings(database, azure, issuer, folder.resolve("store")));
        settings.put("server.port", String.valueOf(port));
        // Slow enough to be killed in the middle.
        settings.put("dsr.lanes.experiments.reads-per-second", "200");
        settings.put("dsr.lanes.arm.reads-per-second", "200");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                DsrBrokerApplication.class.getName()));
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        File log = folder.resolve("broker-" + System.nanoTime() + ".log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
