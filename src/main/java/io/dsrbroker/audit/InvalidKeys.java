package io.dsrbroker.audit;

/** A set of keys cannot be used; the message says why, without any key. */
final class InvalidKeys extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidKeys(String why) {
        super(why);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
