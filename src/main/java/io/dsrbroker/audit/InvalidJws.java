package io.dsrbroker.audit;

/** Something is not what one of our keys signed; the message says what is wrong. */
final class InvalidJws extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidJws(String why) {
        super(why);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
