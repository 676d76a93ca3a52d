package io.dsrbroker.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.dsrbroker.launcher.DevelopmentLauncher;
import io.dsrbroker.support.BlobService;
import io.dsrbroker.support.BlobService.Asked;
import io.dsrbroker.support.BlobService.Fault;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** On a double of the service, which also fails as services do. */
class BlobStoreTests extends ExportStoreContract {

    private static final int TRIES = 4;

    private final BlobService service = new BlobService();

    private static RequestRetryOptions retries() {
        return new RequestRetryOptions(
                RetryPolicyType.FIXED, TRIES, Duration.ofSeconds(20), Duration.ofMillis(1), Duration.ofMillis(1), null);
    }

    private BlobContainer container() {
        return new BlobContainer(service.container("store"), BlobContainer.transport(), retries());
    }

    @Override
    ExportStore store() {
        return new BlobStore(container().withKey(BlobService.KEY));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private static Fault answer(int status, String code) {
        return new Fault.Answer(status, code, Map.of());
    }

    private long count(String method) {
        return service.asked().stream()
                .filter(one -> one.method().equals(method))
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void passingTroubleIsNotNoticed(int status) throws IOException {
        ExportStore store = store();
        service.failing(new Fault.Answer(status, "ServerBusy", Map.of("Retry-After", "1")), 2, asked -> true);
        put(store, "a", noise(3 * MB));
        service.failing(answer(status, "ServerBusy"), 2, asked -> true);
        assertThat(get(store, "a")).isEqualTo(noise(3 * MB));
        service.failing(answer(status, "ServerBusy"), 2, asked -> true);
        store.delete("a");
        assertMissing(store, "a");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void lastingTroubleIsAnIoExceptionAfterSomeTries(int status) {
        ExportStore store = store();
        service.failing(answer(status, "ServerBusy"), 1000, asked -> true);
        assertThatThrownBy(() -> store.open("a"))
                .isInstanceOf(IOException.class)
                .hasMessage("Azure Blob Storage answered HTTP " + status + " ServerBusy")
                .hasNoCause();
        assertThat(count("GET")).isEqualTo(TRIES);
        assertThatThrownBy(() -> put(store, "a", noise(1))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store.delete("a")).isInstanceOf(IOException.class);
        assertThat(count("PUT")).isEqualTo(TRIES);
    }

    @Test
    void uploadThatFailedInTheMiddleCannotBeCompleted() throws IOException {
        ExportStore store = store();
        put(store, "a", noise(7));
        try (ExportStore.Upload upload = store.begin("a")) {
            upload.stream().write(noise(MB + 1));
            service.failing(answer(503, "ServerBusy"), TRIES, asked -> true);
            assertThatThrownBy(() -> upload.stream().write(noise(2 * MB))).isInstanceOf(IOException.class);
            assertThatThrownBy(upload::complete).isInstanceOf(IOException.class);
        }
        assertThat(get(store, "a")).isEqualTo(noise(7));
    }

    @Test
    void connectionsThatBreakWhileSendingAreMadeAnew() throws IOException {
        ExportStore store = store();
        service.failing(new Fault.CutRequest(), 3, asked -> asked.query().contains("comp=block"));
        service.failing(new Fault.Unsaid(), 1, asked -> asked.query().contains("comp=blocklist"));
        put(store, "a", noise(3 * MB));
        assertThat(get(store, "a")).isEqualTo(noise(3 * MB));
    }

    @Test
    void answersThatBreakOffAreReadOn() throws IOException {
        ExportStore store = store();
        put(store, "a", noise(3 * MB));
        service.failing(new Fault.CutAnswer(), 3, asked -> asked.method().equals("GET"));
        assertThat(get(store, "a")).isEqualTo(noise(3 * MB));
    }

    @Test
    @Tag("long")
    void answersThatAlwaysBreakOffAreAnIoExceptionInTheEnd() throws IOException {
        ExportStore store = store();
        put(store, "a", noise(3 * MB));
        try (SeekableByteChannel channel = store.open("a")) {
            service.failing(new Fault.CutAnswer(), 1000, asked -> asked.method().equals("GET"));
            channel.position(MB);
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("A call to Azure Blob Storage failed: ")
                    .hasNoCause();
        }
        assertThat(count("GET")).isLessThan(50);
    }

    @Test
    void redirectIsNotFollowed() throws Exception {
        ExportStore store = store();
        try (BlobService foreign = new BlobService()) {
            service.failing(
                    new Fault.Answer(
                            307, "TemporaryRedirect", Map.of("Location", foreign.container("store") + "/packages/a")),
                    1000,
                    asked -> true);
            assertThatThrownBy(() -> store.open("packages/a")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> put(store, "packages/a", noise(2 * MB))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> store.delete("packages/a")).isInstanceOf(IOException.class);
            assertThat(foreign.asked()).isEmpty();
        }
    }

    @Test
    void anotherPartThanTheOneAskedForIsRefused() throws IOException {
        ExportStore store = store();
        put(store, "a", noise(3 * MB));
        service.failing(new Fault.WholeObject(), 1, asked -> asked.method().equals("GET"));
        assertThatThrownBy(() -> store.open("a")).isInstanceOf(IOException.class);
    }

    @Test
    void missingContainerIsNoMissingObject() {
        ExportStore store = store();
        service.drop("store");
        assertThatThrownBy(() -> store.open("a"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("container does not exist");
        assertThatThrownBy(() -> store.delete("a")).isInstanceOf(IOException.class);
    }

    @Test
    @Tag("long")
    void largeObjectFitsIntoASmallHeap() throws Exception {
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        DevelopmentLauncher.class.getName(),
                        "run",
                        BlobSmallHeap.class.getName(),
                        service.container("store"),
                        "200")
                .redirectErrorStream(true);
        java.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = java.start();
        try (InputStream out = process.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            assertThat(said).contains("Passed through: 200 MB");
        }
        assertThat(service.asked()).extracting(Asked::length).allMatch(length -> length <= MB);
        assertThat(service.names("store")).containsExactly("large");
    }

    @Test
    void smallObjectCostsOneCallEachWay() throws IOException {
        ExportStore store = store();
        put(store, "a", noise(1000));
        assertThat(get(store, "a")).hasSize(1000);
        assertThat(service.asked()).extracting(Asked::method).containsExactly("PUT", "GET");
    }

    @Test
    void blocksAreSmallForSmallObjectsAndEnoughForLargeOnes() {
        long all = 0;
        for (int i = 0; i < 50_000; i++) {
            all += BlobUpload.blockSize(i);
        }
        assertThat(BlobUpload.blockSize(0)).isEqualTo(MB);
        assertThat(all).isGreaterThan(650L << 30);
    }

    /** Tokens go over https only, so what was meant for https is sent on without. */
    private static final class Downgrading implements HttpClient {

        private final HttpClient http = BlobContainer.transport();
        private final AtomicReference<String> seen = new AtomicReference<>("");

        @Override
        public Mono<HttpResponse> send(HttpRequest request) {
            return Mono.fromCallable(() -> sendSync(request, Context.NONE));
        }

        @Override
        public HttpResponse sendSync(HttpRequest request, Context context) {
            seen.set(request.getUrl().getProtocol());
            HttpRequest plain = request.copy();
            plain.setUrl(request.getUrl().toString().replace("https:", "http:"));
            return http.sendSync(plain, context);
        }
    }

    @Test
    void identityAsksForTokensOfStorageAndOfNothingElse() throws IOException {
        AtomicReference<String> scopes = new AtomicReference<>("");
        TokenCredential credential = request -> {
            scopes.accumulateAndGet(String.join(" ", request.getScopes()), (was, is) -> was.isEmpty() ? is : was + is);
            return Mono.just(new AccessToken("token", OffsetDateTime.of(2099, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)));
        };
        Downgrading http = new Downgrading();
        BlobContainer secure =
                new BlobContainer(service.container("store").replace("http:", "https:"), http, retries());
        ExportStore store = new BlobStore(secure.with(credential));
        put(store, "a", noise(2 * MB));
        assertThat(get(store, "a")).isEqualTo(noise(2 * MB));
        assertThat(http.seen).hasValue("https");
        assertThat(service.asked()).allMatch(asked -> asked.credential().equals("Bearer"));
        service.failing(
                new Fault.Answer(
                        401,
                        "InvalidAuthenticationInfo",
                        Map.of(
                                "WWW-Authenticate",
                                "Bearer authorization_uri=https://login.example/tenant resource_id=https://evil.example")),
                1000,
                asked -> true);
        assertThatThrownBy(() -> store.open("a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("401");
        assertThat(scopes.get().replace("https://storage.azure.com/.default", ""))
                .isEmpty();
        assertThat(scopes.get()).isNotEmpty();
    }

    @Test
    void tokensAreNeverSentWithoutTls() {
        ExportStore store = new BlobStore(container()
                .with(request -> Mono.just(
                        new AccessToken("token", OffsetDateTime.of(2099, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)))));
        assertThatThrownBy(() -> store.open("a")).isInstanceOf(IOException.class);
        assertThat(service.asked()).isEmpty();
    }
}
