package io.dsrbroker.audit;

import io.dsrbroker.job.Acted;
import io.dsrbroker.shared.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Checks one chain, and what depends on it, within one snapshot of the database. */
@Component
class ChainCheck {

    private static final int PART = 1000;

    private final AuditEntries entries;
    private final EndingCheck endings;
    private final JdbcClient jdbc;

    ChainCheck(AuditEntries entries, EndingCheck endings, JdbcClient jdbc) {
        this.entries = entries;
        this.endings = endings;
        this.jdbc = jdbc;
    }

    /** Answers how many entries it has. */
    long check(JobId chain, Findings findings) {
        @Nullable AuditEntry last = null;
        @Nullable AuditEntry lastStage = null;
        List<AuditEntry> approvals = new ArrayList<>();
        long count = 0;
        List<AuditEntry> part = entries.after(chain, Long.MIN_VALUE, PART);
        while (!part.isEmpty()) {
            for (AuditEntry entry : part) {
                Optional<String> wrong = entry.breakBehind(last);
                if (wrong.isPresent()) {
                    findings.in(chain, entry.seq(), wrong.get());
                }
                if (last == null && isOfAnother(chain, entry)) {
                    findings.in(chain, entry.seq(), "the chain is another request's");
                }
                if (entry.action().equals(Acted.STAGE_CHANGED)) {
                    lastStage = entry;
                    endings.checkReceipt(chain, entry, approvals, findings);
                }
                if (Approved.is(entry)) {
                    approvals.add(entry);
                }
                last = entry;
                count++;
            }
            part = entries.after(chain, part.getLast().seq(), PART);
        }
        if (last != null && !isCovered(chain, last)) {
            findings.in(chain, last.seq(), "no checkpoint covers this entry, nor is it waiting for one");
        }
        if (lastStage != null) {
            endings.checkJob(chain, lastStage, findings);
        }
        endings.findStrayReceipts(chain, findings);
        return count;
    }

    private static boolean isOfAnother(JobId chain, AuditEntry first) {
        return first.detail().get("requestId") instanceof String named && !named.equals(chain.toString());
    }

    private boolean isCovered(JobId chain, AuditEntry newest) {
        return jdbc.sql("""
                        select exists (select from audit_checkpoint_head where chain = :chain and seq >= :seq)
                            or exists (select from audit_pending where chain = :chain and seq = :seq)
                        """)
                .param("chain", chain.value())
                .param("seq", newest.seq())
                .query((row, number) -> row.getBoolean(1))
                .single();
    }
}
