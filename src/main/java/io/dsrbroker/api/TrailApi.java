package io.dsrbroker.api;

import io.dsrbroker.audit.AuditEntries;
import io.dsrbroker.audit.AuditEntry;
import io.dsrbroker.audit.AuditVerification;
import io.dsrbroker.audit.Checkpoint;
import io.dsrbroker.audit.CheckpointMark;
import io.dsrbroker.audit.Checkpoints;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the broker wrote down about itself, and whether all that it wrote down is as it was written. */
@Tag(name = "Audit")
@RestController
@RequestMapping(path = TrailApi.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class TrailApi {

    static final String PATH = "/api/v1/audit";

    private static final Duration WAIT = Duration.ofSeconds(30);

    private final Lock verifying = new ReentrantLock();
    private final AuditEntries entries;
    private final Checkpoints checkpoints;
    private final AuditVerification verification;

    TrailApi(AuditEntries entries, Checkpoints checkpoints, AuditVerification verification) {
        this.entries = entries;
        this.checkpoints = checkpoints;
        this.verification = verification;
    }

    @Operation(
            operationId = "listBrokerAuditEntries",
            summary = "See who changed the broker itself",
            description =
                    "Registered targets, lanes paused and resumed, settings that differ from those of the start before;"
                            + " a chain like that of a request. Scope: dsr.audit.")
    @Paged
    @AnswersProblems("invalid-parameter")
    @GetMapping
    ResponseEntity<Page<AuditEntry>> entries(HttpServletRequest request) {
        Query query = new Query(request);
        int limit = query.limit();
        List<AuditEntry> found = entries.after(AuditEntries.BROKER, after(query), limit + 1);
        return query.answer(Page.of(found, limit, entry -> String.valueOf(entry.seq())));
    }

    @Operation(
            operationId = "listCheckpoints",
            summary = "See the signed checkpoints",
            description =
                    "Oldest first. Each signs how many chains and entries there were, the newest entry of every chain"
                            + " that had grown, and the checkpoint before; whoever keeps one can tell later that nothing was cut"
                            + " off. Scope: dsr.audit.")
    @Paged
    @AnswersProblems("invalid-parameter")
    @GetMapping("/checkpoints")
    ResponseEntity<Page<Checkpoint>> checkpoints(HttpServletRequest request) {
        Query query = new Query(request);
        int limit = query.limit();
        List<Checkpoint> found = checkpoints.after(after(query), limit + 1);
        return query.answer(Page.of(found, limit, checkpoint -> String.valueOf(checkpoint.seq())));
    }

    @Operation(
            operationId = "verifyAudit",
            summary = "Check everything that was written down",
            description =
                    "Every chain, every checkpoint and every receipt, and that what ended requests came to was not"
                            + " changed since; also that the newest checkpoint that this replica remembers is still there."
                            + " Takes as long as reading all of it does, so each replica does it once at a time."
                            + " `findings` has the first 1000. Scope: dsr.audit.")
    @Parameter(
            name = "checkpoint",
            in = ParameterIn.QUERY,
            description =
                    "A checkpoint that you have kept, as `seq:hash`, where hash is the SHA-256 of its jws in hex; a"
                            + " finding where it is not there any more.",
            schema = @Schema(type = "string", pattern = "^[0-9]{1,18}:[0-9a-fA-F]{64}$", maxLength = 83))
    @AnswersProblems("invalid-parameter")
    @GetMapping("/verification")
    AuditVerification.Report verify(HttpServletRequest request) {
        Optional<CheckpointMark> kept = new Query(request).checkpoint("checkpoint");
        if (!verifying.tryLock()) {
            throw new TooManyRequests(WAIT);
        }
        try {
            return verification.verify(kept);
        } finally {
            verifying.unlock();
        }
    }

    private static long after(Query query) {
        return query.cursor(Check.NUMBER).map(Long::parseLong).orElse(0L);
    }
}
