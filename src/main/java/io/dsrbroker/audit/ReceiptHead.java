package io.dsrbroker.audit;

import io.dsrbroker.job.Acted;
import java.util.Map;
import java.util.Objects;

/** The entry for which a receipt was signed. */
record ReceiptHead(Map<String, Object> claims) {

    long seq() {
        return new Claims(claims).object("auditHead").number("seq");
    }

    /** Whether this is the entry, and says the same of what the job came to. */
    boolean isWrittenWith(AuditEntry entry) {
        Claims head = new Claims(claims).object("auditHead");
        return head.number("seq") == entry.seq()
                && head.hash("hash").equals(entry.hash())
                && Objects.equals(claims.get("outcomesHash"), entry.detail().get(Acted.OUTCOMES_HASH))
                && Objects.equals(claims.get("stage"), entry.detail().get("to"));
    }
}
