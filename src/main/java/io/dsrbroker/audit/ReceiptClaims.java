package io.dsrbroker.audit;

import io.dsrbroker.catalogue.OutOfScope;
import io.dsrbroker.job.Acted;
import io.dsrbroker.job.Caller;
import io.dsrbroker.job.Consents;
import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.Outcomes;
import io.dsrbroker.job.TaskKind;
import io.dsrbroker.job.Unreachable;
import io.dsrbroker.shared.JobId;
import io.dsrbroker.shared.Uuids;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a receipt says of a job that has just ended; nothing of it is about the subject. */
@Component
class ReceiptClaims {

    /** How many exceptions are named one by one; {@code exceptionsHash} is over all of them. */
    static final int NAMED = 10_000;

    private final JobViews jobs;
    private final Outcomes outcomes;
    private final Consents consents;
    private final Unreachable unreachable;
    private final ReceiptProperties properties;

    ReceiptClaims(
            JobViews jobs,
            Outcomes outcomes,
            Consents consents,
            Unreachable unreachable,
            ReceiptProperties properties) {
        this.jobs = jobs;
        this.outcomes = outcomes;
        this.consents = consents;
        this.unreachable = unreachable;
        this.properties = properties;
    }

    Map<String, @Nullable Object> of(JobId id, AuditEntry ending) {
        JobSummary job = jobs.summary(id);
        Outcomes.Exceptions exceptions = outcomes.exceptions(id, NAMED);
        Map<String, @Nullable Object> claims = new HashMap<>();
        claims.put("iss", properties.issuer());
        claims.put("iat", ending.at().getEpochSecond());
        claims.put("jti", Uuids.at(ending.at()).toString());
        claims.put("sub", id.toString());
        claims.put("type", job.type().name());
        claims.put("stage", job.stage().name());
        claims.put("regulation", job.regulation().name());
        claims.put("receivedAt", job.receivedAt().toString());
        claims.put("dueAt", job.dueAt().toString());
        claims.put("finishedAt", text(job.finishedAt()));
        claims.put("catalogueHash", job.catalogueHash());
        claims.put("planHash", consents.planHash(id).orElse(null));
        claims.put(
                "approvals",
                consents.of(id).stream().map(ReceiptClaims::approval).toList());
        claims.put("counts", counts(outcomes.counts(id)));
        claims.put("exceptions", exceptions.named().stream().map(Outcomes::line).toList());
        claims.put("exceptionCount", exceptions.count());
        claims.put("exceptionsHash", exceptions.hash());
        claims.put(
                "outOfScope",
                unreachable.of(id).stream().map(ReceiptClaims::beyond).toList());
        claims.put("verification", verification(outcomes.proofs(id)));
        claims.put("outcomesHash", ending.detail().get(Acted.OUTCOMES_HASH));
        claims.put("auditHead", Map.of("seq", ending.seq(), "hash", ending.hash()));
        return claims;
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static Map<String, @Nullable Object> approval(Consents.Consent consent) {
        Map<String, @Nullable Object> approval = new HashMap<>();
        approval.put("by", who(consent.by()));
        approval.put("planHash", consent.planHash());
        approval.put("at", consent.at().toString());
        approval.put("excluded", consent.excluded());
        approval.put("void", consent.voidSince() != null);
        return approval;
    }

    private static Map<String, @Nullable Object> who(Caller caller) {
        Map<String, @Nullable Object> who = new HashMap<>();
        who.put("sub", caller.sub());
        who.put("client", caller.client());
        return who;
    }

    /** What discovery itself came to stands apart: its tasks are no resources. */
    private static Map<String, Object> counts(List<Outcomes.Count> counts) {
        long total = 0;
        Map<String, Long> byState = new TreeMap<>();
        Map<String, Map<String, Long>> byType = new TreeMap<>();
        Map<String, Long> discovery = new TreeMap<>();
        for (Outcomes.Count count : counts) {
            String state = count.state().name();
            if (count.kind() == TaskKind.DISCOVER) {
                discovery.merge(state, count.tasks(), Long::sum);
            } else {
                total += count.tasks();
                byState.merge(state, count.tasks(), Long::sum);
                byType.computeIfAbsent(count.type(), type -> new TreeMap<>()).merge(state, count.tasks(), Long::sum);
            }
        }
        return Map.of("total", total, "byState", byState, "byType", byType, "discovery", discovery);
    }

    private static Map<String, Object> beyond(OutOfScope thing) {
        return Map.of("what", thing.what(), "reason", thing.reason(), "where", thing.where());
    }

    private static @Nullable Map<String, Object> verification(Outcomes.Proofs proofs) {
        Instant first = proofs.first();
        Instant last = proofs.last();
        return first == null || last == null
                ? null
                : Map.of("resources", proofs.resources(), "first", first.toString(), "last", last.toString());
    }
}
