package io.dsrbroker.audit;

import io.dsrbroker.shared.Command;
import java.io.PrintStream;
import java.util.List;

/** {@code verify-receipt FILE --jwks FILE}: whether a receipt is genuine and whole, without asking anybody. */
public final class VerifyReceipt implements Command {

    private static final String USAGE = "Usage: verify-receipt FILE --jwks FILE";
    private static final String JWKS = "--jwks";

    @Override
    public int run(List<String> arguments, PrintStream out) {
        try {
            Arguments given = Arguments.of(arguments, List.of(JWKS));
            if (given.files().size() != 1) {
                throw new Arguments.Wrong("one receipt is expected");
            }
            Jws receipt =
                    Jws.verified(Arguments.read(given.files().getFirst()).strip(), Receipts.TYP, given.keys(JWKS));
            List<String> problems = ReceiptCheck.problems(receipt.claims());
            if (!problems.isEmpty()) {
                out.println("NOT VALID");
                problems.forEach(problem -> out.println("- " + problem));
                return INVALID;
            }
            Claims claims = new Claims(receipt.claims());
            out.println("Valid: request %s ended as %s at %s with %d exceptions; signed by %s with the key %s"
                    .formatted(
                            claims.text("sub"),
                            claims.text("stage"),
                            claims.text("finishedAt"),
                            claims.number("exceptionCount"),
                            claims.text("iss"),
                            receipt.kid()));
            return OK;
        } catch (InvalidJws e) {
            out.println("NOT VALID");
            out.println("- " + e.why());
            return INVALID;
        } catch (Arguments.Wrong e) {
            out.println(e.why());
            out.println(USAGE);
            return Command.USAGE;
        }
    }
}
