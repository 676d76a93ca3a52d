package io.dsrbroker.simulator;

/** The ways in which {@link FaultRates} lets a request go wrong. */
public enum FaultKind {
    /** 429 with Retry-After in seconds. */
    THROTTLED_SECONDS,
    /** 429 with Retry-After as a date. */
    THROTTLED_DATE,
    /** 429 without Retry-After. */
    THROTTLED_SILENTLY,
    /** 429 whose message alone tells the seconds. */
    THROTTLED_IN_WORDS,
    /** 500. */
    INTERNAL_ERROR,
    /** 503. */
    UNAVAILABLE,
    /** 503 with Retry-After in seconds. */
    UNAVAILABLE_RETRY_AFTER,
    /** 504; a DELETE takes effect anyway. */
    GATEWAY_TIMEOUT,
    /** No answer for a long time, then a closed connection; nothing happens. */
    TIMEOUT,
    /** The connection is closed without an answer; nothing happens. */
    HANG_UP,
    /** The connection is closed without an answer, but the request takes effect. */
    HANG_UP_AFTER_EFFECT,
    /** The body comes bit by bit. */
    SLOW_BODY,
    /** The connection ends after some bytes of the body. */
    TRUNCATED,
    /** Half of the JSON, in an answer that is complete for HTTP. */
    HALVED_JSON,
    /** JSON whose keys all begin with a capital. */
    CAPITAL_KEYS,
    /** 401 for an expired token, once; only where bearers are asked for. */
    EXPIRED_TOKEN;

    boolean concerns(LoggedRequest request) {
        boolean anonymous = request.upstream().equals(Upstream.CONTENT.wireName())
                || request.upstream().equals(Upstream.LOGIN.wireName())
                || request.upstream().equals(Upstream.GALLERY.wireName());
        return this != EXPIRED_TOKEN || !anonymous;
    }
}
