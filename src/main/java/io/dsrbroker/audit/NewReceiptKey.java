package io.dsrbroker.audit;

import io.dsrbroker.shared.Command;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code new-receipt-key FILE}: lets a new key sign from now on; what older keys signed stays valid. */
public final class NewReceiptKey implements Command {

    private static final String USAGE = "Usage: new-receipt-key FILE";

    @Override
    public int run(List<String> arguments, PrintStream out) {
        try {
            Arguments given = Arguments.of(arguments, List.of());
            if (given.files().size() != 1) {
                throw new Arguments.Wrong("one file is expected");
            }
            Path file = given.files().getFirst();
            if (Files.notExists(file) && KeyFile.create(file)) {
                out.println("Created " + file + "; " + KeyFile.kid(file) + " signs. Keep a copy of the file.");
            } else {
                out.println(KeyFile.rotate(file).kid() + " signs from now on; running brokers notice within seconds."
                        + " Keep a copy of the file. The private halves (d) of the older keys may be removed from it.");
            }
            return OK;
        } catch (Arguments.Wrong e) {
            out.println(e.why());
            out.println(USAGE);
            return Command.USAGE;
        } catch (InvalidKeys e) {
            out.println("The file cannot be used: " + e.why());
            return INVALID;
        } catch (UncheckedIOException e) {
            out.println("The file cannot be read or written");
            return Command.USAGE;
        }
    }
}
