package io.dsrbroker.upstream;

/** Where a list goes on. */
public sealed interface Continuation {

    /** At this URL, followed as it is. */
    record Link(String url) implements Continuation {}

    /** At the same URL with this token. */
    record Token(String value) implements Continuation {}
}
