package io.dsrbroker.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Objects;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Streams content to its receiver, a few buffers at a time. */
final class Downloads {

    private static final int BUFFERS_AHEAD = 4;

    private Downloads() {}

    /** Downloads without credentials; a link that is no longer honoured is {@link Outcome.Forbidden}. */
    static Outcome receive(WebClient http, URI uri, ContentReceiver receiver, Exchanges exchanges) {
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
            if (status == 200) {
                return received(body, receiver, exchange);
            }
            body.doOnNext(DataBufferUtils::release).then().block();
            return refused(exchange, status);
        } catch (RuntimeException e) {
            return Failures.classify(exchanges.nothing("GET"), e);
        }
    }

    private static Outcome received(Flux<DataBuffer> body, ContentReceiver receiver, Exchange exchange) {
        InputStream content = DataBufferUtils.subscriberInputStream(body, BUFFERS_AHEAD);
        try (content) {
            receiver.receive(content);
            return new Outcome.Received(exchange);
        } catch (IOException | UncheckedIOException e) {
            return new Outcome.Unavailable(exchange, "the content broke off");
        }
    }

    private static Outcome refused(Exchange exchange, int status) {
        String words = Errors.words(status, java.util.List.of());
        return switch (status) {
            case 401, 403 -> new Outcome.Forbidden(exchange, words);
            case 404, 410 -> new Outcome.Absent(exchange);
            case 429, 503 -> new Outcome.Throttled(exchange, null);
            default -> {
                if (status >= 300 && status < 400) {
                    yield new Outcome.Hostile(exchange, words + ": a redirect, which is never followed");
                }
                yield status >= 500 ? new Outcome.Unavailable(exchange, words) : new Outcome.Rejected(exchange, words);
            }
        };
    }
}
