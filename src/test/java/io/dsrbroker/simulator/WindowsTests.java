package io.dsrbroker.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WindowsTests extends SimulatorTestCase {

    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

    private void at(Instant now) {
        simulator.settings().clock = Clock.fixed(now, ZoneOffset.UTC);
    }

    private boolean answers() {
        try {
            return client.get(history("/experiments")).status() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPortIsClosedUntilTheOutageIsOver() throws Exception {
        simulator.windows().outage("experiments", Windows.Outage.REFUSED, Duration.ofMillis(400));

        assertThatThrownBy(() -> client.get(history("/runs"))).isInstanceOf(ConnectException.class);
        assertThat(client.get(models("/models")).status()).isEqualTo(200);
        await().until(this::answers);
    }

    @Test
    void anOutageToComeClosesThePortWhenItsTimeHasCome() {
        var now = simulator.settings().clock.instant();
        simulator.windows().outage("experiments", Windows.Outage.REFUSED, now.plusMillis(300), now.plusSeconds(60));

        assertThat(answers()).isTrue();
        await().until(() -> !answers());
        simulator.windows().end();
        assertThat(answers()).isTrue();
    }

    @Test
    void connectionsAreResetUntilTheOutageEnds() throws Exception {
        simulator.windows().outage("experiments", Windows.Outage.RESET, Duration.ofMinutes(1));
        int port = URI.create(simulator.baseUrl("experiments").replace("/{location}", ""))
                .getPort();

        assertThatThrownBy(() -> {
                    try (var socket = new Socket(Listen.loopback().address(), port)) {
                        socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        assertThat(socket.getInputStream().read()).isNotEqualTo(-1);
                    }
                })
                .isInstanceOf(SocketException.class)
                .isNotInstanceOf(ConnectException.class);
        simulator.windows().end();
        assertThat(answers()).isTrue();
    }

    @Test
    void everyRequestGets503BetweenTheInstantsAndNoneOutsideThem() throws Exception {
        simulator.windows().outage("arm", Windows.Outage.UNAVAILABLE, NOON, NOON.plusSeconds(60));
        var url = arm(lab.armId() + LAB_VERSION);

        at(NOON.minusSeconds(1));
        assertThat(client.get(url).status()).isEqualTo(200);
        at(NOON);
        assertThat(client.get(url).status()).isEqualTo(503);
        assertThat(client.get(history("/runs")).status()).isEqualTo(200);
        at(NOON.plusSeconds(60));
        assertThat(client.get(url).status()).isEqualTo(200);
    }

    @Test
    void aShareOfTheRequestsIsIllInABrownOut() throws Exception {
        at(NOON);
        simulator
                .windows()
                .brownOut("experiments", 0.5, Fault.error(500, "InternalServerError"), Duration.ofSeconds(10));
        int failed = 0;
        for (int i = 0; i < 60; i++) {
            failed += client.get(history("/experiments")).status() == 500 ? 1 : 0;
        }

        assertThat(failed).isBetween(10, 50);
        at(NOON.plusSeconds(10));
        for (int i = 0; i < 20; i++) {
            assertThat(client.get(history("/experiments")).status()).isEqualTo(200);
        }
    }
}
