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

    /** {@code new-vault-key FILE}: adds a key that does not wrap yet; makes the file where there is none. */
    public static Command add() {
        return new VaultKeys("Usage: new-vault-key FILE", file -> {
            KeysetFile keyset = new KeysetFile(file);
            String made = keyset.create()
                    ? keyset.current() + " wraps."
                    : keyset.add() + " was added. Give the file to every broker; when all have it, use-vault-key.";
            return made + " Keep a copy of the file apart from the database: without it nothing can be opened.";
        });
    }

    /** {@code use-vault-key FILE}: lets the newest key wrap from now on. */
    public static Command use() {
        return new VaultKeys(
                "Usage: use-vault-key FILE",
                file -> new KeysetFile(file).promote()
                        + " wraps from now on. Brokers wrap all data keys anew within a minute of having the file, and say so.");
    }

    /** {@code remove-old-vault-keys FILE}: removes all keys but the one that wraps, once all is wrapped anew. */
    public static Command remove() {
        return new VaultKeys("Usage: remove-old-vault-keys FILE", file -> {
            Set<String> removed = new KeysetFile(file).prune();
            return removed.isEmpty() ? "There is only one key." : "Removed " + String.join(", ", removed) + ".";
        });
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
