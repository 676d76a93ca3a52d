package io.dsrbroker.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalTests extends SimulatorTestCase {

    private String armCode(String url) throws Exception {
        return client.get(url).json().at("/error/code").stringValue("");
    }

    @Test
    void theApiVersionHasToBeExact() throws Exception {
        var bare = models("/models").replaceAll("\\?.*", "");
        for (var version : new String[] {"", "?api-version=2018-01-01", MODELS_VERSION + "%22"}) {
            var answer = client.get(bare + version);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().at("/error/code").stringValue()).isEqualTo("UnsupportedApiVersion");
        }
        assertThat(armCode(arm(lab.armId() + MODELS_VERSION))).isEqualTo("InvalidApiVersionParameter");
        assertThat(armCode(arm(lab.armId()))).isEqualTo("MissingApiVersionParameter");
    }

    @Test
    void theLocationHasToBeTheProjectsOwn() throws Exception {
        var elsewhere = lab.workspace("space1").project("project2");

        assertThat(client.get(experiments("eastus", "history", project, "/runs"))
                        .status())
                .isEqualTo(404);
        assertThat(client.get(experiments("eastus2", "history", elsewhere, "/runs"))
                        .status())
                .isEqualTo(404);
        assertThat(client.get(experiments("westcentralus", "history", elsewhere, "/runs"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theResourceManagerTellsWhatIsMissing() throws Exception {
        var missingLab = Place.lab(Estate.SUBSCRIPTION, Estate.GROUP, "missing");
        var missingGroup = Place.lab(Estate.SUBSCRIPTION, "missing", "lab");
        var missingSubscription = Place.lab("missing", Estate.GROUP, "lab");

        assertThat(armCode(arm(missingLab.armId() + LAB_VERSION))).isEqualTo("ResourceNotFound");
        assertThat(armCode(arm(missingLab.workspace("x").armId() + LAB_VERSION)))
                .isEqualTo("ParentResourceNotFound");
        assertThat(armCode(arm(missingGroup.armId() + LAB_VERSION))).isEqualTo("ResourceGroupNotFound");
        assertThat(armCode(arm(missingSubscription.armId() + LAB_VERSION))).isEqualTo("SubscriptionNotFound");
        assertThat(client.delete(arm(missingGroup.armId() + LAB_VERSION)).status())
                .isEqualTo(404);
        simulator.settings().retired.add("arm");
        assertThat(armCode(arm(lab.armId() + LAB_VERSION))).isEqualTo("NoRegisteredProviderFound");
    }

    @Test
    void theResourceManagerSendsItsHeaders() throws Exception {
        var first = client.get(arm(lab.armId() + LAB_VERSION));
        var second = client.get(arm(lab.armId() + LAB_VERSION));

        assertThat(first.header("x-ms-request-id")).isNotEmpty();
        assertThat(first.header("x-ms-correlation-request-id")).isNotEmpty();
        assertThat(first.header("x-ms-routing-request-id")).startsWith("EASTUS2:");
        assertThat(first.header("x-ms-ratelimit-remaining-subscription-reads")).isEqualTo("11999");
        assertThat(second.header("x-ms-ratelimit-remaining-subscription-reads")).isEqualTo("11998");
    }

    @Test
    void unknownPathsAndVerbsAreRefused() throws Exception {
        assertThat(client.get(history("/nothing")).status()).isEqualTo(404);
        assertThat(client.delete(history("/runs/run-1")).status()).isEqualTo(405);
        assertThat(client.get(arm("/nothing")).status()).isEqualTo(404);
    }

    @Test
    void faultsComeAsOftenAsWanted() throws Exception {
        simulator.settings().faults = Faults.times(2, Fault.throttled(7), request -> request.isRow(30));

        var first = client.get(history("/runs"));
        assertThat(first.status()).isEqualTo(429);
        assertThat(first.header("Retry-After")).isEqualTo("7");
        assertThat(client.get(history("/experiments")).status()).isEqualTo(200);
        assertThat(client.get(history("/runs")).status()).isEqualTo(429);
        assertThat(client.get(history("/runs")).status()).isEqualTo(200);
    }

    @Test
    void aFaultMayHideThatTheRequestTookEffect() throws Exception {
        simulator.settings().faults =
                Faults.times(1, Fault.error(504, "GatewayTimeout").takingEffect(), request -> request.isRow(13));

        assertThat(client.delete(arm(project.armId() + LAB_VERSION)).status()).isEqualTo(504);
        assertThat(client.delete(arm(project.armId() + LAB_VERSION)).status()).isEqualTo(204);
    }

    @Test
    void answersMayBreakOffOrNeverComeOrComeLate() throws Exception {
        simulator.settings().faults = Faults.times(1, Fault.truncated(10), request -> true);
        assertThatThrownBy(() -> client.get(history("/runs"))).isInstanceOf(IOException.class);
        simulator.settings().faults = Faults.always(Fault.hangUp(), request -> true);
        assertThatThrownBy(() -> client.get(history("/runs"))).isInstanceOf(IOException.class);
        simulator.settings().faults = Faults.always(Fault.late(Duration.ofMillis(50)), request -> true);
        assertThat(client.get(history("/runs")).status()).isEqualTo(200);
    }

    @Test
    void anUpstreamMayRefuseConnectionsForAWhile() throws Exception {
        simulator.refuse("experiments");
        assertThatThrownBy(() -> client.get(history("/runs"))).isInstanceOf(ConnectException.class);
        simulator.accept("experiments");
        assertThat(client.get(history("/runs")).status()).isEqualTo(200);
    }
}
