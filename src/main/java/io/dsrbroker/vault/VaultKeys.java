package io.dsrbroker.vault;

import java.nio.file.Path;
import java.util.Set;

/** What an operator does with a keyset of key-encryption keys, from the command line and without the broker. */
public final class VaultKeys {

    private VaultKeys() {}

    /** Adds a key, which wraps from now on, to a keyset; makes the keyset where there is none. Answers its name. */
    public static String rotate(Path keyset) {
        KeysetFile file = new KeysetFile(keyset);
        return file.create() ? file.current() : file.rotate();
    }

    /** Removes all keys but the one that wraps; answers their names. First all brokers must have wrapped anew. */
    public static Set<String> prune(Path keyset) {
        return new KeysetFile(keyset).prune();
    }
}
