package io.dsrbroker;

import io.dsrbroker.audit.NewReceiptKey;
import io.dsrbroker.audit.VerifyAudit;
import io.dsrbroker.audit.VerifyReceipt;
import io.dsrbroker.shared.Command;
import io.dsrbroker.vault.VaultKeys;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What the jar does besides being the broker. */
final class Commands {

    private static final Map<String, Command> BY_NAME = Map.of(
            "healthy",
            new Healthy(),
            "migrate",
            new Migration(),
            "verify-receipt",
            new VerifyReceipt(),
            "verify-audit",
            new VerifyAudit(),
            "new-receipt-key",
            new NewReceiptKey(),
            "new-vault-key",
            VaultKeys.add(),
            "use-vault-key",
            VaultKeys.use(),
            "remove-old-vault-keys",
            VaultKeys.remove());

    private Commands() {}

    /** Runs the command that the first argument names, and answers its exit code; empty where it names none. */
    static OptionalInt run(String[] arguments, PrintStream out) {
        Optional<Command> command = arguments.length == 0 ? Optional.empty() : named(arguments[0]);
        if (command.isEmpty()) {
            return OptionalInt.empty();
        }
        List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
        return OptionalInt.of(command.get().run(rest, out));
    }

    /** The command of this name; empty where there is none. */
    static Optional<Command> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
