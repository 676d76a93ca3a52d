package io.dsrbroker.upstream;

import io.dsrbroker.catalogue.Call;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.codec.CodecException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests with the bearer; where it is not accepted, once more with a fresh one. */
@Component
class Sending {

    /** Keeps numbers digit by digit: documents leave as they came. */
    static final JsonMapper DOCUMENTS = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Logger log = LoggerFactory.getLogger(Sending.class);

    private final WebClient http;
    private final AccessTokens tokens;
    private final UpstreamProperties properties;
    private final Clock clock;

    Sending(WebClient upstreamWebClient, AccessTokens tokens, UpstreamProperties properties, Clock clock) {
        this.http = upstreamWebClient;
        this.tokens = tokens;
        this.properties = properties;
        this.clock = clock;
    }

    /** Fetches a token for every upstream that needs one. */
    void prepare() {
        for (String upstream : tokens.upstreams()) {
            try {
                tokens.of(upstream);
            } catch (TokenUnavailable e) {
                log.warn("No token for {} yet ({}); its lanes try again when they have work", upstream, e.words());
            }
        }
    }

    /** The records of a new exchange. */
    Exchanges exchanges() {
        return new Exchanges(UUID.randomUUID().toString(), clock);
    }

    /** Sends the request's own call to this address. */
    Reply call(UpstreamRequest request, URI uri) {
        return withBearer(request, request.call().method(), uri, request.secret());
    }

    /** Reads this address on behalf of the request, without its secret. */
    Reply read(UpstreamRequest request, URI uri) {
        return withBearer(request, "GET", uri, null);
    }

    private Reply withBearer(UpstreamRequest request, String method, URI uri, @Nullable String secret) {
        String upstream = request.upstream().name();
        Exchanges exchanges = exchanges();
        try {
            String token = tokens.of(upstream);
            Reply reply = send(request.call(), method, uri, secret, token, exchanges);
            if (token == null || !(reply instanceof Reply.Arrived arrived) || arrived.status() != 401) {
                return reply;
            }
            tokens.reject(upstream, token);
            request.again().run();
            return send(request.call(), method, uri, secret, tokens.of(upstream), exchanges);
        } catch (TokenUnavailable e) {
            Exchange nothing = exchanges.nothing(method);
            return new Reply.Failed(
                    e.rejected()
                            ? new Outcome.CredentialsRejected(nothing, e.words())
                            : new Outcome.Unavailable(nothing, e.words()));
        }
    }

    private Reply send(
            Call call, String method, URI uri, @Nullable String secret, @Nullable String token, Exchanges exchanges) {
        try {
            ResponseEntity<byte[]> answer = http.method(HttpMethod.valueOf(method))
                    .uri(uri)
                    .accept(MediaType.APPLICATION_JSON)
                    .header("x-ms-client-request-id", exchanges.sentId())
                    .header("x-ms-return-client-request-id", "true")
                    .headers(headers -> {
                        if (token != null) {
                            headers.setBearerAuth(token);
                        }
                        if (call.secretHeader() != null && secret != null) {
                            headers.set(call.secretHeader().name(), secret);
                        }
                    })
                    .exchangeToMono(response -> response.toEntity(byte[].class))
                    .timeout(properties.http().callTimeout())
                    .onErrorResume(DataBufferLimitException.class, e -> Mono.error(new TooLarge(e)))
                    .block();
            return arrived(method, Objects.requireNonNull(answer), exchanges);
        } catch (TooLarge e) {
            return new Reply.Failed(new Outcome.Poison(exchanges.nothing(method), "the answer is too large"));
        } catch (CodecException e) {
            return new Reply.Failed(new Outcome.Poison(exchanges.nothing(method), "the answer cannot be decoded"));
        } catch (RuntimeException e) {
            return new Reply.Failed(Failures.ofCall(exchanges.nothing(method), e));
        }
    }

    private static Reply arrived(String method, ResponseEntity<byte[]> answer, Exchanges exchanges) {
        byte[] bytes = answer.getBody() == null ? new byte[0] : answer.getBody();
        int status = answer.getStatusCode().value();
        JsonNode body = json(bytes);
        return new Reply.Arrived(
                exchanges.of(method, answer.getHeaders(), status, body, bytes), status, answer.getHeaders(), body);
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

    private static final class TooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLarge(Throwable cause) {
            super(cause);
        }
    }
}
