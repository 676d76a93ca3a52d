package io.dsrbroker.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Streams content to its receiver, a few buffers at a time; a link that is no longer honoured is forbidden. */
@Component("contentDownloads")
class Downloads {

    private static final int BUFFERS_AHEAD = 4;

    private final WebClient http;
    private final UpstreamProperties.Http limits;
    private final RetryAfter retryAfter;

    Downloads(WebClient upstreamWebClient, UpstreamProperties properties, Clock clock) {
        this.http = upstreamWebClient;
        this.limits = properties.http();
        this.retryAfter = new RetryAfter(clock);
    }

    /** Downloads without credentials. */
    Outcome receive(URI uri, ContentReceiver receiver, Exchanges exchanges) {
        try {
            ResponseEntity<Flux<DataBuffer>> answer = Objects.requireNonNull(http.get()
                    .uri(uri)
                    .header("x-ms-client-request-id", exchanges.sentId())
                    .retrieve()
                    .onStatus(status -> !status.is2xxSuccessful(), response -> Mono.empty())
                    .toEntityFlux(DataBuffer.class)
                    .block());
            Flux<DataBuffer> body = Objects.requireNonNullElseGet(answer.getBody(), Flux::empty);
            int status = answer.getStatusCode().value();
            Exchange exchange = exchanges.of("GET", answer.getHeaders(), status, null, null);
            if (status != 200) {
                discard(body);
                return refused(exchange, status, answer.getHeaders());
            }
            long length = answer.getHeaders().getContentLength();
            if (length > limits.maxContent().toBytes()) {
                discard(body);
                return new Outcome.Poison(exchange, BoundedContent.TOO_LARGE);
            }
            return received(new BoundedContent(limits, length), body, receiver, exchange);
        } catch (RuntimeException e) {
            return Failures.ofContent(exchanges.nothing("GET"), e);
        }
    }

    private static Outcome received(
            BoundedContent bounds, Flux<DataBuffer> body, ContentReceiver receiver, Exchange exchange) {
        try (InputStream content = DataBufferUtils.subscriberInputStream(bounds.within(body), BUFFERS_AHEAD)) {
            receiver.receive(content);
        } catch (IOException | RuntimeException e) {
            return bounds.broken(exchange);
        }
        return bounds.complete() ? new Outcome.Received(exchange) : bounds.broken(exchange);
    }

    /** Nothing of it is read, so the connection is given up: it may be endless. */
    private static void discard(Flux<DataBuffer> body) {
        body.subscribe(DataBufferUtils::release, failure -> {}).dispose();
    }

    private Outcome refused(Exchange exchange, int status, HttpHeaders headers) {
        String words = Errors.words(status, List.of());
        return switch (status) {
            case 401, 403 -> new Outcome.Forbidden(exchange, words);
            case 404, 410 -> new Outcome.Absent(exchange);
            case 429, 503 ->
                new Outcome.Throttled(exchange, retryAfter.header(headers.getFirst(HttpHeaders.RETRY_AFTER)));
            case 408 -> new Outcome.Unavailable(exchange, words);
            default -> {
                if (status >= 300 && status < 400) {
                    yield new Outcome.Hostile(exchange, words + ": a redirect, which is never followed");
                }
                yield status >= 500 ? new Outcome.Unavailable(exchange, words) : new Outcome.Rejected(exchange, words);
            }
        };
    }
}
