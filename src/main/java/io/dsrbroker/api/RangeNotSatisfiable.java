package io.dsrbroker.api;

/** The package has no such bytes. */
final class RangeNotSatisfiable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long length;

    RangeNotSatisfiable(long length) {
        super("No such bytes");
        this.length = length;
    }

    /** How many bytes there are. */
    long length() {
        return length;
    }
}
