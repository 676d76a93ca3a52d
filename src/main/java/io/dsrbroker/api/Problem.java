package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem;
import io.dsrbroker.shared.BrokerProblem.FieldError;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/**
 * An RFC 9457 problem about to be answered.
 *
 * @param name the last segment of its {@code type}
 * @param headers that go with it, such as {@code Allow}
 */
public record Problem(
        int status,
        String name,
        String title,
        String detail,
        Map<String, Object> properties,
        List<FieldError> errors,
        HttpHeaders headers) {

    static Problem of(BrokerProblem situation) {
        return new Problem(
                situation.status(),
                situation.name(),
                situation.title(),
                situation.detail(),
                situation.properties(),
                situation.errors(),
                new HttpHeaders());
    }

    static Problem of(int status, String name, String title, String detail) {
        return new Problem(status, name, title, detail, Map.of(), List.of(), new HttpHeaders());
    }

    /** The problem that a bare status stands for. */
    static Problem of(int status) {
        return switch (status) {
            case 400 -> of(400, "bad-request", "Bad request", "The request is not one that HTTP allows.");
            case 401 -> of(401, "unauthenticated", "Not authenticated", "Send a valid access token as a bearer token.");
            case 403 -> of(403, "forbidden", "Forbidden", "The access token does not allow this.");
            case 404 -> of(404, "not-found", "Not found", "There is nothing here.");
            case 405 -> of(405, "method-not-allowed", "Method not allowed", "See Allow for what can be done here.");
            case 406 -> of(406, "not-acceptable", "Not acceptable", "The answer cannot be given in an accepted form.");
            case 412 -> of(412, "precondition-failed", "Precondition failed", "The resource is not as expected.");
            case 413 -> of(413, "body-too-large", "Body too large", "The body must not exceed 64 KB.");
            case 414 -> of(414, "uri-too-long", "URI too long", "The URI is longer than any that is known here.");
            case 415 -> of(415, "unsupported-media-type", "Unsupported media type", "Send application/json.");
            case 431 -> of(431, "headers-too-large", "Headers too large", "The headers must not exceed 16 KB.");
            case 501 -> of(501, "not-implemented", "Not implemented", "The broker knows no such method or encoding.");
            case 503 ->
                of(503, "unavailable", "Unavailable", "This cannot be answered at the moment. Try again in a while.");
            default ->
                status >= 500
                        ? of(
                                500,
                                "internal-error",
                                "Internal error",
                                "This is a fault of the broker. Its log tells more under this problem's instance.")
                        : of(status, "bad-request", "Bad request", "The request cannot be answered.");
        };
    }

    Problem with(HttpHeaders more) {
        return new Problem(status, name, title, detail, properties, errors, more);
    }
}
