package io.dsrbroker.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadsTests {

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    /** One answer, byte for byte; it stays open for a while afterwards where {@code silent}. */
    private void answering(String answer, boolean silent) {
        Thread.ofVirtual().start(() -> {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read(new byte[4096]);
                OutputStream out = socket.getOutputStream();
                out.write(answer.getBytes(StandardCharsets.US_ASCII));
                out.flush();
                if (silent) {
                    socket.getInputStream().read();
                }
            } catch (IOException e) {
                // The client went away, or the test is over.
            }
        });
    }

    private Outcome download(String... settings) {
        String base = "http://127.0.0.1:" + server.getLocalPort();
        String[] all = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("egress.allow-http=true", "egress.allow-private-addresses=true"),
                        java.util.stream.Stream.of(settings))
                .toArray(String[]::new);
        try (Wired wired = new Wired(base, all)) {
            return wired.client.download(
                    wired.upstream, base + "/c?sig=1", content -> content.transferTo(OutputStream.nullOutputStream()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length: 10, 0123456789, Received",
        "Content-Length: 0, '', Received",
        "Content-Length: 11, 0123456789, Poison",
        "Content-Length: 99999999999, 0123456789, Poison",
        "Connection: close, 0123456789, Received",
        "Connection: close, 01234567890, Poison",
        "Content-Length: 9, 01234567, Unavailable",
    })
    @DisplayName("§3 Size: content is bounded by what is announced and by what arrives, and a short one is noticed")
    void contentIsBoundedAndComplete(String header, String body, String outcome) {
        answering("HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n" + body, false);
        assertThat(download("http.max-content=10B"))
                .extracting(found -> found.getClass().getSimpleName())
                .isEqualTo(outcome);
    }

    @Test
    @DisplayName("§3 Size: a chunked content that breaks off is noticed")
    void chunkedContentThatBreaksOffIsUnavailable() {
        answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", false);
        assertThat(download()).isInstanceOf(Outcome.Unavailable.class);
    }

    @Test
    @DisplayName("§3 Time-out: a content that takes too long is given up")
    void contentThatTakesTooLongIsUnavailable() {
        answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", true);
        assertThat(download("http.content-timeout=200ms"))
                .isInstanceOfSatisfying(
                        Outcome.Unavailable.class,
                        unavailable -> assertThat(unavailable.words()).isEqualTo("the content took too long"));
    }

    @Test
    @DisplayName("§3 Time-out: a silence within a content is given up")
    void silenceWithinContentIsUnavailable() {
        answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", true);
        assertThat(download("http.response-timeout=200ms"))
                .isInstanceOfSatisfying(
                        Outcome.Unavailable.class,
                        unavailable -> assertThat(unavailable.words()).isEqualTo("the content broke off"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"429, Retry-After: 36, PT36S", "503, Retry-After: 36, PT36S", "429, X: 1, -"})
    @DisplayName("§3 Limits: a throttled download says for how long")
    void throttledDownloadSaysForHowLong(int status, String header, @Nullable Duration told) {
        answering("HTTP/1.1 " + status + " X\r\n" + header + "\r\nContent-Length: 0\r\n\r\n", false);
        assertThat(download())
                .isInstanceOfSatisfying(
                        Outcome.Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).isEqualTo(told));
    }

    @Test
    @DisplayName("§3 Redirect: a download is never redirected")
    void redirectOfDownloadIsHostile() {
        answering("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n", false);
        assertThat(download()).isInstanceOf(Outcome.Hostile.class);
    }

    @Test
    @DisplayName("§3 Headers back: headers without end are poison")
    void endlessHeadersArePoison() {
        answering("HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000) + "\r\nContent-Length: 0\r\n\r\n", false);
        assertThat(download()).isInstanceOf(Outcome.Poison.class);
    }
}
