package io.dsrbroker.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.dsrbroker.simulator.SimulatorSettings.Async;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationTests extends SimulatorTestCase {

    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    private static final Async SLOW = Async.succeeding(Duration.ofMinutes(1));

    private final String projectUrl = arm(project.armId() + LAB_VERSION);

    @BeforeEach
    void noon() {
        at(Duration.ZERO);
    }

    private void at(Duration later) {
        simulator.settings().clock = Clock.fixed(NOON.plus(later), ZoneOffset.UTC);
    }

    private String service(int number) {
        return models("/services/" + ModelDocuments.serviceId("models1", number));
    }

    private String operation(Client.Answer accepted) {
        return simulator.baseUrl("model-management").replace("/{location}", accepted.header("Operation-Location"));
    }

    @Test
    void aDeletionInModelManagementEndsInEachOfItsStates() throws Exception {
        var states =
                Map.of(Async.End.FAILED, "Failed", Async.End.CANCELED, "Cancelled", Async.End.TIMED_OUT, "TimedOut");
        for (var state : states.entrySet()) {
            at(Duration.ZERO);
            simulator.settings().asyncDeletes.put(10, SLOW.ending(state.getKey()));
            var status = operation(client.delete(service(1))) + MODELS_VERSION;
            assertThat(client.get(status).json().path("state").stringValue()).isEqualTo("Running");
            at(Duration.ofMinutes(1));
            assertThat(client.get(status).json().path("state").stringValue()).isEqualTo(state.getValue());
            assertThat(client.get(service(1)).status()).isEqualTo(200);
        }
    }

    @Test
    void aCanceledDeletionInTheResourceManagerHasNoEffect() throws Exception {
        simulator.settings().asyncDeletes.put(13, SLOW.ending(Async.End.CANCELED));
        var accepted = client.delete(projectUrl);
        at(Duration.ofMinutes(1));

        var status = client.get(accepted.header("Azure-AsyncOperation")).json();
        assertThat(status.path("status").stringValue()).isEqualTo("Canceled");
        assertThat(status.at("/error/code").stringValue()).isEqualTo("OperationCanceled");
        assertThat(client.get(accepted.header("Location")).status()).isEqualTo(409);
        assertThat(client.get(projectUrl).status()).isEqualTo(200);
    }

    @Test
    void theLinksAndRetryAfterAreAsWanted() throws Exception {
        simulator.settings().asyncDeletes.put(13, SLOW.linking(Async.Links.STATUS));
        var statusOnly = client.delete(projectUrl);
        assertThat(statusOnly.header("Location")).isEmpty();
        assertThat(statusOnly.header("Retry-After")).isEmpty();
        assertThat(client.get(statusOnly.header("Azure-AsyncOperation")).status())
                .isEqualTo(200);

        simulator
                .settings()
                .asyncDeletes
                .put(13, SLOW.linking(Async.Links.LOCATION).retryAfter(17));
        var locationOnly = client.delete(projectUrl);
        assertThat(locationOnly.header("Azure-AsyncOperation")).isEmpty();
        assertThat(locationOnly.header("Retry-After")).isEqualTo("17");
        assertThat(client.get(locationOnly.header("Location")).header("Retry-After"))
                .isEqualTo("17");
    }

    @Test
    void theFirstReadsOfAStatusFailAsOftenAsWanted() throws Exception {
        for (var fault : new Fault[] {Fault.error(500, "x"), Fault.error(404, "x"), Fault.throttled(1)}) {
            simulator.settings().asyncDeletes.put(13, SLOW.failingReads(2, fault));
            var status = client.delete(projectUrl).header("Azure-AsyncOperation");
            assertThat(client.get(status).status()).isEqualTo(fault.status());
            assertThat(client.get(status).status()).isEqualTo(fault.status());
            assertThat(client.get(status).status()).isEqualTo(200);
        }
        simulator.settings().asyncDeletes.put(10, SLOW.failingReads(1, Fault.hangUp()));
        var status = operation(client.delete(service(1))) + MODELS_VERSION;
        int before = simulator.log().size();
        // A client may repeat a GET by itself when its pooled connection is closed.
        assertThat(catchThrowable(() -> client.get(status)))
                .satisfiesAnyOf(
                        failure -> assertThat(failure).isNull(),
                        failure -> assertThat(failure).isInstanceOf(IOException.class));
        assertThat(simulator.log().get(before).status()).isZero();
        assertThat(client.get(status).status()).isEqualTo(200);
    }

    @Test
    void aPollOfModelManagementWithoutApiVersionIsRefused() throws Exception {
        simulator.settings().asyncDeletes.put(10, SLOW);
        var link = operation(client.delete(service(1)));

        assertThat(client.get(link).status()).isEqualTo(400);
        assertThat(client.get(link + MODELS_VERSION).status()).isEqualTo(200);
    }

    @Test
    void aSlowDeletionTakesEffectThoughNobodyAsks() throws Exception {
        simulator.settings().asyncDeletes.put(13, SLOW);
        client.delete(projectUrl);
        assertThat(simulator.estate().projects()).contains(project);

        at(Duration.ofMinutes(1));
        assertThat(simulator.estate().projects()).doesNotContain(project);
        assertThat(simulator.held(SUBJECT, Select.ALL, project)).isEmpty();
    }

    @Test
    void theGatewayMayGiveUpWhileTheDeletionGoesOnOrFails() throws Exception {
        var wait = Duration.ofMillis(200);
        simulator.settings().asyncDeletes.put(13, SLOW.timingOutAtTheGateway(wait));
        simulator.settings().asyncDeletes.put(10, SLOW.ending(Async.End.FAILED).timingOutAtTheGateway(wait));
        long start = System.nanoTime();

        assertThat(client.delete(projectUrl).status()).isEqualTo(504);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(wait);
        assertThat(client.delete(service(1)).json().path("statusCode").intValue())
                .isEqualTo(504);
        assertThat(client.get(projectUrl).status()).isEqualTo(200);
        at(Duration.ofMinutes(1));
        assertThat(client.get(projectUrl).status()).isEqualTo(404);
        assertThat(client.get(service(1)).status()).isEqualTo(200);
    }
}
