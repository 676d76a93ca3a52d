package io.dsrbroker.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DeletionTests extends SimulatorTestCase {

    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

    private void at(Duration later) {
        simulator.settings().clock = Clock.fixed(NOON.plus(later), ZoneOffset.UTC);
    }

    private String url(Place place) {
        return arm(place.armId() + LAB_VERSION);
    }

    @Test
    void rows13To16And43To45GoFromTheInsideOut() throws Exception {
        var refused = client.delete(url(lab));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().at("/error/code").stringValue()).isEqualTo("CannotDeleteResource");
        assertThat(client.delete(url(lab.workspace("space1"))).status()).isEqualTo(409);

        for (var each : simulator.estate().projects()) {
            assertThat(client.get(url(each)).status()).isEqualTo(200);
            assertThat(client.delete(url(each)).status()).isEqualTo(200);
            assertThat(client.delete(url(each)).status()).isEqualTo(204);
            assertThat(client.get(url(each)).status()).isEqualTo(404);
        }
        for (int i = 1; i <= 2; i++) {
            var space = lab.workspace("space" + i);
            assertThat(client.get(url(space)).status()).isEqualTo(200);
            assertThat(client.delete(url(space)).status()).isEqualTo(200);
            assertThat(client.delete(url(space)).status()).isEqualTo(204);
        }
        assertThat(client.get(url(lab)).status()).isEqualTo(200);
        assertThat(client.delete(url(lab)).status()).isEqualTo(200);
        assertThat(client.get(url(lab)).status()).isEqualTo(404);
        assertThat(client.delete(url(lab)).status()).isEqualTo(204);
    }

    @Test
    void storesOutliveTheirProjectByTheLag() throws Exception {
        at(Duration.ZERO);
        simulator.settings().cascadeLag = Duration.ofMinutes(2);
        simulator.settings().parentLag = Duration.ofMinutes(1);
        int before = simulator.held(SUBJECT, Select.OWNED, project).getOrDefault("run", 0);
        client.delete(url(project));
        client.delete(url(lab.workspace("space1").project("project2")));

        assertThat(client.get(url(project)).status()).isEqualTo(404);
        assertThat(client.get(history("/runs")).status()).isEqualTo(200);
        assertThat(simulator.held(SUBJECT, Select.OWNED, project)).containsEntry("run", before);
        assertThat(client.delete(url(lab.workspace("space1"))).status()).isEqualTo(409);

        at(Duration.ofMinutes(1));
        assertThat(client.delete(url(lab.workspace("space1"))).status()).isEqualTo(200);

        at(Duration.ofMinutes(2));
        assertThat(client.get(history("/runs")).status()).isEqualTo(404);
        assertThat(client.get(artifact("/assets")).status()).isEqualTo(404);
        assertThat(simulator.held(SUBJECT, Select.ALL, project)).isEmpty();
    }

    @Test
    void aSlowDeletionIsPolledAtItsLocationAndItsStatus() throws Exception {
        at(Duration.ZERO);
        simulator.settings().asyncDeletes.put(13, new SimulatorSettings.Async(Duration.ofMinutes(1), false, true, 10));
        var accepted = client.delete(url(project));

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.header("Retry-After")).isEqualTo("10");
        assertThat(client.get(accepted.header("Location")).status()).isEqualTo(202);
        assertThat(client.get(accepted.header("Azure-AsyncOperation"))
                        .json()
                        .path("status")
                        .stringValue())
                .isEqualTo("Running");
        at(Duration.ofMinutes(1));
        assertThat(client.get(url(project)).status()).isEqualTo(404);
        assertThat(client.get(accepted.header("Location")).status()).isEqualTo(200);
        assertThat(client.get(accepted.header("Azure-AsyncOperation"))
                        .json()
                        .path("status")
                        .stringValue())
                .isEqualTo("Succeeded");
    }

    @Test
    void aSlowServiceDeletionHasARelativeLinkWithoutApiVersion() throws Exception {
        at(Duration.ZERO);
        simulator.settings().asyncDeletes.put(10, new SimulatorSettings.Async(Duration.ofMinutes(1), true, false, 10));
        var id = ModelDocuments.serviceId("models1", 1);
        var link = client.delete(models("/services/" + id)).header("Operation-Location");

        assertThat(link).startsWith("/api/subscriptions/").doesNotContain("api-version");
        var operation = simulator.baseUrl("model-management").replace("/{location}", link) + MODELS_VERSION;
        assertThat(client.get(operation).json().path("state").stringValue()).isEqualTo("Running");
        at(Duration.ofMinutes(1));
        assertThat(client.get(operation).json().path("state").stringValue()).isEqualTo("Failed");
        assertThat(client.get(models("/services/" + id)).status()).isEqualTo(200);
    }

    @Test
    void locksAndUseRefuseDeletions() throws Exception {
        simulator.settings().lockedScopes.add(lab.armId());
        var locked = client.delete(url(project));
        assertThat(locked.status()).isEqualTo(409);
        assertThat(locked.json().at("/error/code").stringValue()).isEqualTo("ScopeLocked");

        simulator.settings().deleteRefusedWhileUsed = true;
        var used = client.delete(models("/models/" + ModelDocuments.id("model", "models1", 1)));
        assertThat(used.status()).isEqualTo(409);
        assertThat(used.json().path("statusCode").intValue()).isEqualTo(409);
    }
}
