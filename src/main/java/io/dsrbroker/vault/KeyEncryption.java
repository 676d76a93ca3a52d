package io.dsrbroker.vault;

/** Wraps data keys with a key-encryption key, which never leaves it. */
interface KeyEncryption {

    /** A wrapped data key, and the name of the key-encryption key that it is wrapped with. */
    final class Wrapped {

        private final String kek;
        private final byte[] bytes;

        Wrapped(String kek, byte[] bytes) {
            this.kek = kek;
            this.bytes = bytes;
        }

        String kek() {
            return kek;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** The name of the key that is used for what is wrapped from now on. */
    String current();

    /** Whether what is wrapped with the key of this name is to be wrapped anew. */
    boolean isSuperseded(String kek);

    /** Wraps a key with the current key-encryption key, bound to an owner. */
    Wrapped wrap(byte[] key, String owner);

    /** Unwraps a key that was wrapped for this owner; {@link KeysetUnusable} where that cannot be done. */
    byte[] unwrap(Wrapped wrapped, String owner);
}
