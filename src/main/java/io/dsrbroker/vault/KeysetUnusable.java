package io.dsrbroker.vault;

/** The key-encryption keys are missing, unreadable, or not the ones that the database's keys were wrapped with. */
final class KeysetUnusable extends RuntimeException {

    KeysetUnusable(String message) {
        super(message);
    }

    KeysetUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
