package io.dsrbroker.vault;

/** The key-encryption keys cannot be used now, or are not the ones that the database's keys were wrapped with. */
public final class KeysetUnusable extends RuntimeException {

    KeysetUnusable(String message) {
        super(message);
    }

    KeysetUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
