package io.dsrbroker.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trap listens on this machine and counts who falls into it. */
class ConnectGuardTests {

    private final AtomicInteger caught = new AtomicInteger();
    private ServerSocket trap;

    @BeforeEach
    void listen() throws IOException {
        trap = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(() -> {
            while (!trap.isClosed()) {
                try (Socket socket = trap.accept()) {
                    caught.incrementAndGet();
                    socket.getInputStream().read();
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
                                    .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // The client went away, or the test is over.
                }
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        trap.close();
    }

    private Outcome get(String host, String allowed) {
        String base = "http://" + host + ":" + trap.getLocalPort();
        String[] settings = {"egress.allow-http=true", "egress.allow-private-addresses=" + allowed};
        try (Wired wired = new Wired(base, "http://content.example", settings)) {
            return wired.client.call(wired.request("GET", "/x"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "LOCALHOST", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"})
    @DisplayName("T7: no connection is made to a private address, whatever it is called")
    void privateAddressIsNotConnectedTo(String host) {
        assertThat(get(host, "false"))
                .isInstanceOfSatisfying(
                        Outcome.Unavailable.class,
                        refused -> assertThat(refused.words()).isEqualTo("the host's address is not allowed"));
        assertThat(caught).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "0177.0.0.1", "127.1", "0x7f.1", "[::1%25lo]", "127.0.0.1."})
    @DisplayName("T7: no connection is made to a private address in an odd spelling")
    void oddSpellingReachesNothing(String host) {
        assertThat(get(host, "false")).isNotInstanceOf(Outcome.Answered.class);
        assertThat(caught).hasValue(0);
    }

    @Test
    @DisplayName("T7: content is not downloaded from a private address either")
    void contentAtPrivateAddressIsNotDownloaded() {
        String base = "http://127.0.0.1:" + trap.getLocalPort();
        try (Wired wired = new Wired(base, "egress.allow-http=true")) {
            assertThat(wired.client.download(wired.upstream, base + "/x", content -> {}))
                    .isInstanceOf(Outcome.Hostile.class);
        }
        assertThat(caught).hasValue(0);
    }

    @Test
    void privateAddressIsConnectedToWhereItIsAllowed() {
        assertThat(get("127.0.0.1", "true")).isInstanceOf(Outcome.Answered.class);
        assertThat(caught).hasValue(1);
    }
}
