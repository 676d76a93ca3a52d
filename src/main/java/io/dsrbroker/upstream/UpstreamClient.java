package io.dsrbroker.upstream;

import io.dsrbroker.catalogue.Call;
import io.dsrbroker.catalogue.Upstream;
import io.dsrbroker.catalogue.UriTemplate.MissingVariable;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.codec.CodecException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Service;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Makes one call and says what came of it; blocks, so call it on a virtual thread. */
@Service
public class UpstreamClient {

    /** Keeps numbers digit by digit: documents leave as they came. */
    private static final JsonMapper DOCUMENTS = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final WebClient http;
    private final Addresses addresses;
    private final AccessTokens tokens;
    private final UpstreamProperties properties;
    private final Classifier classifier;
    private final Clock clock;

    UpstreamClient(
            WebClient upstreamWebClient,
            Addresses addresses,
            AccessTokens tokens,
            UpstreamProperties properties,
            Clock clock) {
        this.http = upstreamWebClient;
        this.addresses = addresses;
        this.tokens = tokens;
        this.properties = properties;
        this.classifier = new Classifier(clock);
        this.clock = clock;
    }

    /** Sends a call and reads its answer as a JSON document. */
    public Outcome call(UpstreamRequest request) {
        String sentId = UUID.randomUUID().toString();
        Call call = request.call();
        try {
            URI uri = addresses.of(request.upstream(), call, request.variables(), request.continuation());
            String token = tokens.of(request.upstream().name());
            Outcome outcome = send(request, uri, sentId, token);
            if (outcome instanceof Outcome.CredentialsRejected && token != null) {
                tokens.reject(request.upstream().name(), token);
                outcome =
                        send(request, uri, sentId, tokens.of(request.upstream().name()));
            }
            return outcome;
        } catch (MissingVariable e) {
            return new Outcome.Unaddressable(nothing(call.method(), sentId), e.variable());
        } catch (HostileUrl e) {
            return new Outcome.Hostile(nothing(call.method(), sentId), e.detail());
        } catch (TokenUnavailable e) {
            return e.rejected()
                    ? new Outcome.CredentialsRejected(nothing(call.method(), sentId), e.words())
                    : new Outcome.Unavailable(nothing(call.method(), sentId), e.words());
        }
    }

    /** Whether content at this URL may be downloaded for this upstream, and the host that serves it. */
    public Optional<String> contentHost(Upstream upstream, String url) {
        try {
            return Optional.ofNullable(addresses.ofContent(upstream, url).getHost());
        } catch (HostileUrl e) {
            return Optional.empty();
        }
    }

    /** Downloads content without any credential but those in its URL. */
    public Outcome download(Upstream upstream, String url, ContentReceiver receiver) {
        String sentId = UUID.randomUUID().toString();
        try {
            return Downloads.receive(http, addresses.ofContent(upstream, url), receiver, exchange(sentId));
        } catch (HostileUrl e) {
            return new Outcome.Hostile(nothing("GET", sentId), e.detail());
        }
    }

    private Outcome send(UpstreamRequest request, URI uri, String sentId, @Nullable String token) {
        Call call = request.call();
        try {
            ResponseEntity<byte[]> answer = http.method(HttpMethod.valueOf(call.method()))
                    .uri(uri)
                    .accept(MediaType.APPLICATION_JSON)
                    .header("x-ms-client-request-id", sentId)
                    .header("x-ms-return-client-request-id", "true")
                    .headers(headers -> {
                        if (token != null) {
                            headers.setBearerAuth(token);
                        }
                        if (call.secretHeader() != null && request.secret() != null) {
                            headers.set(call.secretHeader().name(), request.secret());
                        }
                    })
                    .exchangeToMono(response -> response.toEntity(byte[].class))
                    .timeout(properties.http().callTimeout())
                    .onErrorResume(DataBufferLimitException.class, e -> Mono.error(new TooLarge(e)))
                    .block();
            return answered(request.upstream(), call, java.util.Objects.requireNonNull(answer), sentId);
        } catch (TooLarge e) {
            return new Outcome.Poison(nothing(call.method(), sentId), "the answer is too large");
        } catch (CodecException e) {
            return new Outcome.Poison(nothing(call.method(), sentId), "the answer cannot be decoded");
        } catch (RuntimeException e) {
            return Failures.classify(nothing(call.method(), sentId), e);
        }
    }

    private Outcome answered(Upstream upstream, Call call, ResponseEntity<byte[]> answer, String sentId) {
        byte[] bytes = answer.getBody() == null ? new byte[0] : answer.getBody();
        int status = answer.getStatusCode().value();
        JsonNode body = json(bytes);
        Exchange exchange = exchange(sentId).of(call.method(), answer.getHeaders(), status, body, bytes);
        if (!answer.getStatusCode().is2xxSuccessful()) {
            String retryAfter = answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
            return classifier.classify(upstream, exchange, status, body, retryAfter);
        }
        if (call.method().equals("DELETE")) {
            return new Outcome.Accepted(exchange);
        }
        return body == null
                ? new Outcome.Poison(exchange, "HTTP " + status + ": the answer is not JSON")
                : new Outcome.Answered(exchange, body);
    }

    private static @Nullable JsonNode json(byte[] bytes) {
        if (bytes.length == 0) {
            return null;
        }
        try {
            JsonNode body = DOCUMENTS.readTree(bytes);
            return body.isMissingNode() ? null : body;
        } catch (JacksonException e) {
            return null;
        }
    }

    private Exchanges exchange(String sentId) {
        return new Exchanges(sentId, clock);
    }

    private Exchange nothing(String method, String sentId) {
        return exchange(sentId).nothing(method);
    }

    private static final class TooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLarge(Throwable cause) {
            super(cause);
        }
    }
}
