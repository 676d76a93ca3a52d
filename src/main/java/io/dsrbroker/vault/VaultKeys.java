package io.dsrbroker.vault;

import io.dsrbroker.shared.Command;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What an operator does with a keyset of key-encryption keys, without the broker. */
public final class VaultKeys implements Command {

    private final String usage;
    private final Function<Path, String> action;

    private VaultKeys(String usage, Function<Path, String> action) {
        this.usage = usage;
        this.action = action;
    }

    /** {@code new-vault-key FILE}: lets a new key wrap from now on; makes the file where there is none. */
    public static Command add() {
        return new VaultKeys(
                "Usage: new-vault-key FILE",
                file -> rotate(file)
                        + " wraps from now on. Running brokers notice, and wrap all data keys anew within a minute."
                        + " Keep a copy of the file apart from the database: without it nothing that is kept can be opened.");
    }

    /** {@code remove-old-vault-keys FILE}: removes all keys but the one that wraps. */
    public static Command remove() {
        return new VaultKeys("Usage: remove-old-vault-keys FILE", file -> {
            Set<String> removed = prune(file);
            return removed.isEmpty() ? "There is only one key." : "Removed " + String.join(", ", removed) + ".";
        });
    }

    /** Adds a key, which wraps from now on, to a keyset; makes the keyset where there is none. Answers its name. */
    public static String rotate(Path keyset) {
        KeysetFile file = new KeysetFile(keyset);
        return file.create() ? file.current() : file.rotate();
    }

    /** Removes all keys but the one that wraps; answers their names. First all brokers must have wrapped anew. */
    public static Set<String> prune(Path keyset) {
        return new KeysetFile(keyset).prune();
    }

    @Override
    public int run(List<String> arguments, PrintStream out) {
        if (arguments.size() != 1 || arguments.getFirst().startsWith("-")) {
            out.println(usage);
            return USAGE;
        }
        try {
            out.println(action.apply(Path.of(arguments.getFirst())));
            return OK;
        } catch (KeysetUnusable e) {
            out.println(e.getMessage());
            return INVALID;
        } catch (UncheckedIOException e) {
            out.println("The file cannot be written");
            return USAGE;
        }
    }
}
