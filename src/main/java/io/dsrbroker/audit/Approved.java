package io.dsrbroker.audit;

import io.dsrbroker.job.Acted;
import io.dsrbroker.job.Caller;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An approval, as the chain tells of it or as a receipt names it. */
record Approved(Caller by, String planHash, long excluded) {

    /** Those of a chain. */
    static List<Approved> in(List<AuditEntry> chain) {
        return chain.stream()
                .filter(Approved::is)
                .map(entry -> of(entry.actor(), new Claims(entry.detail())))
                .toList();
    }

    static boolean is(AuditEntry entry) {
        return entry.action().equals(Acted.APPROVED);
    }

    /** Those that a receipt names, oldest first. {@link InvalidJws} where it does not. */
    static List<Approved> of(Map<String, Object> receipt) {
        return new Claims(receipt)
                .objects("approvals").stream()
                        .map(approval -> {
                            Claims by = approval.object("by");
                            @Nullable String client = by.isNull("client") ? null : by.text("client");
                            return of(new Caller(by.text("sub"), client), approval);
                        })
                        .toList();
    }

    private static Approved of(Caller by, Claims claims) {
        return new Approved(by, claims.text("planHash"), claims.number("excluded"));
    }
}
