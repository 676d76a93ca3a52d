package io.dsrbroker.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.egress.Egress;
import io.dsrbroker.shared.JobId;
import io.dsrbroker.support.PortalReceiver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.client.HttpClient;

@Timeout(60)
class CallbackClientTests {

    private static final String SECRET = "secret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Egress DEVELOPMENT = new Egress(true, true);
    private static final Egress HTTP = new Egress(false, true);
    private static final Pending CALLBACK = new Pending(new UUID(0, 1), new JobId(new UUID(0, 2)), "{}", 0, 0, 0);

    private final PortalReceiver portal = new PortalReceiver();

    @AfterEach
    void close() {
        portal.close();
    }

    private static CallbackClient client(Egress egress, UnaryOperator<HttpClient> different, String... settings) {
        String[] all = java.util.Arrays.copyOf(settings, settings.length + 1);
        all[settings.length] = SECRET;
        CallbackProperties properties = Settings.of(all);
        return new CallbackClient(properties, egress, new Signing(properties), Clock.systemUTC(), different);
    }

    private static CallbackClient client(Egress egress, String... settings) {
        return client(egress, UnaryOperator.identity(), settings);
    }

    private static void assertFailed(Verdict verdict, String words) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.words()).isEqualTo(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"})
    void nothingIsSentToThisMachineEvenWhereInternalNetworksAreAllowed(String host) {
        URI url = URI.create(portal.url("/x").replace("127.0.0.1", host));
        assertFailed(client(HTTP).send(CALLBACK, url), Words.ADDRESS);
        assertFailed(client(HTTP, "allow-private-addresses=true").send(CALLBACK, url), Words.ADDRESS);
        assertThat(portal.at("/x")).isEmpty();
    }

    @Test
    void internalAddressIsRefusedUnlessTheSettingAllowsIt() {
        URI url = URI.create("http://10.255.255.1:9/x");
        assertFailed(client(HTTP).send(CALLBACK, url), Words.ADDRESS);
        Verdict verdict =
                client(HTTP, "allow-private-addresses=true", "timeout=300ms").send(CALLBACK, url);
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.words()).isNotEqualTo(Words.ADDRESS));
    }

    @Test
    void metadataServiceIsRefusedEvenWhereInternalNetworksAreAllowed() {
        for (String host : List.of("169.254.169.254", "168.63.129.16", "100.100.100.200", "[fd00:ec2::254]")) {
            assertFailed(
                    client(HTTP, "allow-private-addresses=true").send(CALLBACK, URI.create("http://" + host + "/")),
                    Words.ADDRESS);
        }
    }

    /** First the name has an address that is allowed, then another. */
    @Test
    void nameThatChangesItsAddressIsRefusedWhenItIsConnectedTo() throws Exception {
        Resolver names = new Resolver("10.255.255.1", "127.0.0.1");
        CallbackClient client =
                client(HTTP, http -> http.resolver(names), "allow-private-addresses=true", "timeout=300ms");
        URI url = URI.create(portal.url("/x").replace("127.0.0.1", "portal.internal"));
        Verdict first = client.send(CALLBACK, url);
        assertThat(first)
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.words()).isNotEqualTo(Words.ADDRESS));
        assertFailed(client.send(CALLBACK, url), Words.ADDRESS);
        assertThat(names.asked).isZero();
        assertThat(portal.at("/x")).isEmpty();
    }

    @Test
    void redirectIsAFailureAndNotFollowed() {
        portal.answering("/x", 307, "Location", portal.url("/elsewhere"));
        assertFailed(client(DEVELOPMENT).send(CALLBACK, URI.create(portal.url("/x"))), Words.REDIRECTED);
        assertThat(portal.at("/x")).hasSize(1);
        assertThat(portal.at("/elsewhere")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void every2xxIsASuccess(int status) {
        portal.answering("/x", status);
        assertThat(client(DEVELOPMENT).send(CALLBACK, URI.create(portal.url("/x"))))
                .isEqualTo(new Verdict.Delivered(status));
    }

    @Test
    void retryAfterIsReadOf429And503Only() {
        for (int status : List.of(429, 503, 500)) {
            portal.answering("/x", status, "Retry-After", "90");
            assertThat(client(DEVELOPMENT).send(CALLBACK, URI.create(portal.url("/x"))))
                    .isEqualTo(
                            new Verdict.Failed(status, Words.REFUSED, status == 500 ? null : Duration.ofSeconds(90)));
        }
        portal.answering("/x", 503, "Retry-After", "9999999999");
        assertThat(client(DEVELOPMENT).send(CALLBACK, URI.create(portal.url("/x"))))
                .isEqualTo(new Verdict.Failed(503, Words.REFUSED, Duration.ofHours(24)));
    }

    @Test
    void portalThatDoesNotAnswerIsGivenUpInTime() {
        portal.always("/hangs", 0);
        assertFailed(client(DEVELOPMENT, "timeout=300ms").send(CALLBACK, URI.create(portal.url("/hangs"))), Words.LATE);
    }

    @Test
    void pathIsSentAsItWasGivenAndTheBodyByteForByte() {
        Pending callback = new Pending(new UUID(0, 1), new JobId(new UUID(0, 2)), "{\"a\": \"Zoë ✓\"}", 0, 0, 0);
        client(DEVELOPMENT).send(callback, URI.create(portal.url("/a%2Fb") + "?token=a%26b"));
        assertThat(portal.at("/a/b")).singleElement().satisfies(received -> {
            assertThat(received.body()).isEqualTo("{\"a\": \"Zoë ✓\"}");
            assertThat(received.header("content-type")).isEqualTo("application/json");
            assertThat(received.header("webhook-id")).isEqualTo(new UUID(0, 1).toString());
        });
    }

    @Test
    void bodyWithoutEndIsNotRead() throws Exception {
        AtomicLong written = new AtomicLong();
        CountDownLatch broken = new CountDownLatch(1);
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    byte[] chunk = new byte[64 * 1024];
                    while (true) {
                        socket.getOutputStream().write(chunk);
                        written.addAndGet(chunk.length);
                    }
                } catch (IOException e) {
                    broken.countDown();
                }
            });
            Verdict verdict =
                    client(DEVELOPMENT).send(CALLBACK, URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"));
            assertThat(verdict).isEqualTo(new Verdict.Delivered(200));
            assertThat(broken.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(written.get()).isLessThan(64L * 1024 * 1024);
        }
    }

    /** Answers every question with the next address. */
    private static final class Resolver extends AddressResolverGroup<InetSocketAddress> {

        private final Queue<InetAddress> addresses = new ArrayDeque<>();
        private int asked;

        Resolver(String... literals) {
            for (String literal : literals) {
                addresses.add(InetAddress.ofLiteral(literal));
            }
            asked = literals.length;
        }

        @Override
        protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
            return new InetNameResolver(executor) {

                @Override
                protected void doResolve(String name, Promise<InetAddress> promise) {
                    asked--;
                    promise.setSuccess(addresses.remove());
                }

                @Override
                protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
                    asked--;
                    promise.setSuccess(List.of(addresses.remove()));
                }
            }.asAddressResolver();
        }
    }
}
