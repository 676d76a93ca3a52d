package io.dsrbroker.audit;

import io.dsrbroker.job.Caller;
import io.dsrbroker.shared.Command;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code verify-audit FILE... [--receipt FILE --jwks FILE]}: whether the pages of a request's audit trail, in order, are a
 * whole chain, and the one that a receipt was signed for.
 */
public final class VerifyAudit implements Command {

    private static final String USAGE = "Usage: verify-audit FILE... [--receipt FILE --jwks FILE]";
    private static final String JWKS = "--jwks";
    private static final String RECEIPT = "--receipt";

    @Override
    public int run(List<String> arguments, PrintStream out) {
        try {
            Arguments given = Arguments.of(arguments, List.of(JWKS, RECEIPT));
            if (given.files().isEmpty()) {
                throw new Arguments.Wrong("the pages of an audit trail are expected");
            }
            List<String> problems = new ArrayList<>();
            List<AuditEntry> chain = chain(given.files(), problems);
            Optional<Path> receipt = given.option(RECEIPT);
            if (receipt.isPresent()) {
                problems.addAll(compare(
                        Jws.verified(Arguments.read(receipt.get()).strip(), Receipts.TYP, given.keys(JWKS)), chain));
            }
            problems.forEach(problem -> out.println("- " + problem));
            out.println(
                    problems.isEmpty()
                            ? "Valid: %d entries%s"
                                    .formatted(
                                            chain.size(),
                                            receipt.isPresent() ? ", among them the one of the receipt" : "")
                            : "NOT VALID");
            return problems.isEmpty() ? OK : INVALID;
        } catch (InvalidJws e) {
            out.println("- " + e.why());
            out.println("NOT VALID");
            return INVALID;
        } catch (Arguments.Wrong e) {
            out.println(e.why());
            out.println(USAGE);
            return Command.USAGE;
        }
    }

    private static List<AuditEntry> chain(List<Path> files, List<String> problems) {
        List<AuditEntry> chain = new ArrayList<>();
        boolean more = false;
        for (Path file : files) {
            Claims page = new Claims(StrictJson.object(Arguments.read(file))
                    .orElseThrow(() -> new InvalidJws(file + " is no page of an audit trail")));
            for (Claims item : page.objects("items")) {
                AuditEntry entry = entry(item);
                entry.breakBehind(chain.isEmpty() ? null : chain.getLast())
                        .ifPresent(what -> problems.add("entry " + entry.seq() + ": " + what));
                chain.add(entry);
            }
            more = !page.isNull("next");
        }
        if (more) {
            problems.add("the last page says that there are more");
        }
        return chain;
    }

    private static AuditEntry entry(Claims item) {
        Claims actor = item.object("actor");
        @Nullable String client = actor.isNull("client") ? null : actor.text("client");
        Map<String, Object> detail = new HashMap<>();
        item.object("detail").members().forEach((name, value) -> detail.put(String.valueOf(name), value));
        return new AuditEntry(
                item.number("seq"),
                item.time("at"),
                new Caller(actor.text("sub"), client),
                item.text("action"),
                detail,
                item.text("previousHash"),
                item.text("hash"));
    }

    private static List<String> compare(Jws receipt, List<AuditEntry> chain) {
        List<String> problems = new ArrayList<>(ReceiptCheck.problems(receipt.claims()));
        ReceiptHead head = new ReceiptHead(receipt.claims());
        Optional<AuditEntry> signed =
                chain.stream().filter(entry -> entry.seq() == head.seq()).findFirst();
        if (signed.isEmpty()) {
            problems.add("entry " + head.seq() + ", which the receipt names, is missing");
        } else if (!head.isWrittenWith(signed.get())) {
            problems.add("entry " + head.seq() + " is not the one that the receipt names");
        }
        List<AuditEntry> before =
                chain.stream().filter(entry -> entry.seq() < head.seq()).toList();
        if (!Approved.of(receipt.claims()).equals(Approved.in(before))) {
            problems.add("the receipt's approvals are not those that the audit trail tells of");
        }
        if (!chain.isEmpty()
                && chain.getFirst().detail().get("requestId") instanceof String request
                && !request.equals(receipt.claims().get("sub"))) {
            problems.add("the receipt is another request's");
        }
        return problems;
    }
}
