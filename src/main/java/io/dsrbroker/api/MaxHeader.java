package io.dsrbroker.api;

/** How long all headers of a call may be together, by {@code server.max-http-request-header-size}. */
final class MaxHeader {

    static final int BYTES = 16 * 1024;

    private MaxHeader() {}
}
