package io.dsrbroker.callback;

import io.dsrbroker.egress.ConnectGuard;
import io.dsrbroker.egress.Egress;
import io.dsrbroker.egress.RetryAfterHeader;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/** One try: a new connection, whose address is looked at as it is made, one POST, and the status of the answer. */
@Component
class CallbackClient {

    private static final int CONNECT_MILLIS = 5000;
    private static final Duration LONGEST_WAIT = Duration.ofHours(24);

    private final HttpClient http;
    private final Signing signing;
    private final RetryAfterHeader retryAfter;
    private final Clock clock;
    private final Duration timeout;

    @Autowired
    CallbackClient(CallbackProperties properties, Egress egress, Signing signing, Clock clock) {
        this(properties, egress, signing, clock, UnaryOperator.identity());
    }

    /** With a client that differs in something, such as who resolves names. */
    CallbackClient(
            CallbackProperties properties,
            Egress egress,
            Signing signing,
            Clock clock,
            UnaryOperator<HttpClient> different) {
        this.http = different.apply(guarded(
                HttpClient.newConnection()
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                        .followRedirect(false)
                        .disableRetry(true)
                        .noProxy(),
                properties,
                egress));
        this.signing = signing;
        this.retryAfter = new RetryAfterHeader(clock, LONGEST_WAIT);
        this.clock = clock;
        this.timeout = properties.timeout();
    }

    private static HttpClient guarded(HttpClient plain, CallbackProperties properties, Egress egress) {
        if (egress.allowPrivateAddresses()) {
            return plain;
        }
        ConnectGuard guard =
                properties.allowPrivateAddresses() ? ConnectGuard.publicOrInternal() : ConnectGuard.publicOnly();
        return plain.doOnChannelInit(
                (observer, channel, remote) -> channel.pipeline().addFirst(guard));
    }

    /** Sends a callback; nothing of the answer is read but its status and {@code Retry-After}. */
    Verdict send(Pending callback, URI url) {
        byte[] body = callback.body().getBytes(StandardCharsets.UTF_8);
        String id = callback.id().toString();
        long timestamp = clock.instant().getEpochSecond();
        try {
            HttpClientResponse answer = http.headers(headers -> headers.set("Content-Type", "application/json")
                            .set("User-Agent", "dsr-broker")
                            .set("webhook-id", id)
                            .set("webhook-timestamp", String.valueOf(timestamp))
                            .set("webhook-signature", signing.sign(id, timestamp, body)))
                    .post()
                    .uri(url)
                    .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                    .response()
                    .timeout(timeout)
                    .block();
            return verdict(Objects.requireNonNull(answer).status().code(), answer.responseHeaders());
        } catch (RuntimeException e) {
            return new Verdict.Failed(null, words(e), null);
        }
    }

    private Verdict verdict(int status, HttpHeaders headers) {
        if (status / 100 == 2) {
            return new Verdict.Delivered(status);
        }
        if (status == 410) {
            return new Verdict.Gone(status);
        }
        String words = status / 100 == 3 ? Words.REDIRECTED : Words.REFUSED;
        return new Verdict.Failed(
                status, words, status == 429 || status == 503 ? retryAfter.of(headers.get("Retry-After")) : null);
    }

    private static String words(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String words = switch (cause) {
                case ConnectGuard.AddressRefused refused -> Words.ADDRESS;
                case UnknownHostException unknown -> Words.UNKNOWN_HOST;
                case SSLException tls -> Words.TLS;
                case TimeoutException late -> Words.LATE;
                case io.netty.channel.ConnectTimeoutException late -> Words.LATE;
                default -> "";
            };
            if (!words.isEmpty()) {
                return words;
            }
        }
        return Words.NO_ANSWER;
    }
}
