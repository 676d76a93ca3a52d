package io.dsrbroker.upstream;

/** An upstream pointed to a place where the broker does not go. */
final class HostileUrl extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HostileUrl(String detail) {
        super(detail);
    }

    HostileUrl(String detail, Throwable cause) {
        super(detail, cause);
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
