package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import io.dsrbroker.support.PortalReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the operator's settings allow is asked when a request comes in, and again when it is told of. */
@Tag("long")
class CallbackSettingsTests {

    private final Database database = Database.fresh();
    private final AzureSimulator azure =
            AzureSimulator.start(Estate.generate(EstateSpec.small(), ExportStory.SUBJECT, ExportStory.OTHER));
    private final Issuer issuer = new Issuer();
    private final PortalReceiver receiver = new PortalReceiver();

    @TempDir
    private Path store = Path.of(".");

    @AfterEach
    void close() {
        receiver.close();
        issuer.close();
        azure.close();
    }

    private Broker broker(Map<String, String> settings) {
        return Broker.start(database, azure, issuer, store, settings);
    }

    private String export() {
        return ExportStory.with(
                        ExportStory.request().put("callbackUrl", receiver.url("/x")),
                        azure.estate().places().getFirst(),
                        target -> {})
                .toString();
    }

    private static Portal portal(Broker broker) {
        return broker.portal("privacy-desk", Issuer.ALL_SCOPES);
    }

    private void assertRefused(Map<String, String> settings, String words) {
        try (Broker broker = broker(settings)) {
            Portal.Answer answer = portal(broker).post("/requests", export());
            assertThat(answer.status()).as(answer.body()).isEqualTo(422);
            JsonNode error = answer.json().at("/errors/0");
            assertThat(error.get("pointer").asString()).isEqualTo("/callbackUrl");
            assertThat(error.get("detail").asString()).contains(words).doesNotContain("127.0.0.1");
        }
    }

    @Test
    void withoutAllowedHostsOrASecretNoCallbackIsAccepted() {
        assertRefused(Map.of("dsr.callback.allowed-hosts", ""), "dsr.callback.allowed-hosts");
        assertRefused(Map.of("dsr.callback.secret", ""), "dsr.callback.secret");
    }

    @Test
    void brokerDoesNotStartWithAMalformedSecret() {
        assertThatThrownBy(() -> broker(Map.of("dsr.callback.secret", "whsec_c2hvcnQ=")))
                .rootCause()
                .hasMessageContaining("dsr.callback.secret")
                .hasMessageNotContaining("c2hvcnQ");
    }

    @Test
    void hostThatIsNotAllowedAnyMoreIsNotCalledAndLoopbackNeedsTheSettingOfDevelopment() {
        String id;
        receiver.always("/x", 503);
        try (Broker broker = broker(Map.of())) {
            id = portal(broker).submit(export());
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !portal(broker)
                            .get("/requests/" + id)
                            .json()
                            .get("finishedAt")
                            .isNull());
        }
        int before = receiver.at("/x").size();
        Map<String, String> fast = Map.of("dsr.callback.retry-schedule", "1h");
        try (Broker broker = broker(with(fast, "dsr.callback.allowed-hosts", "portal.internal"))) {
            assertThat(lastErrorAfterReplay(broker, id)).isEqualTo("the settings do not allow this URL any more");
        }
        try (Broker broker = broker(with(fast, "dsr.egress.allow-private-addresses", "false"))) {
            assertThat(lastErrorAfterReplay(broker, id)).isEqualTo("the host's address is not allowed");
        }
        assertThat(receiver.at("/x")).hasSize(before);
    }

    private static Map<String, String> with(Map<String, String> settings, String key, String value) {
        Map<String, String> all = new java.util.HashMap<>(settings);
        all.put(key, value);
        return all;
    }

    private static String lastErrorAfterReplay(Broker broker, String id) {
        Portal portal = portal(broker);
        JsonNode first = portal.get("/requests/" + id + "/callbacks").json().at("/items/0");
        int attempts = first.get("attempts").asInt();
        assertThat(portal.post(
                                "/requests/" + id + "/callbacks/"
                                        + first.get("webhookId").asString() + "/replay",
                                "")
                        .status())
                .isEqualTo(202);
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> portal.get("/requests/" + id + "/callbacks")
                                .json()
                                .at("/items/0"),
                        callback -> callback.get("attempts").asInt() > attempts)
                .get("lastError")
                .asString();
    }
}
