package io.dsrbroker.api;

import io.dsrbroker.audit.Receipts;
import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.shared.JobId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The signed account of a request that has ended. */
@Tag(name = "Receipt", description = "Get the signed account of what was done, and the keys to check it with.")
@RestController
class ReceiptApi {

    private static final MediaType JOSE = new MediaType("application", "jose");

    private final JobViews jobs;
    private final Receipts receipts;

    ReceiptApi(JobViews jobs, Receipts receipts) {
        this.jobs = jobs;
        this.receipts = receipts;
    }

    @Operation(
            operationId = "getReceipt",
            summary = "Get the receipt",
            description = "A compact JWS (EdDSA) without personal data: what was approved, what every resource came to,"
                    + " exceptions by name, when absence was proven, and the newest entry of the audit trail. Each ending of a"
                    + " request makes one; the newest is answered. The keys are at `/.well-known/jwks.json`;"
                    + " `java -jar dsr-broker.jar verify-receipt FILE --jwks FILE` checks it offline. Scope: dsr.read.")
    @ApiResponse(
            responseCode = "200",
            description = "The receipt",
            content = @Content(mediaType = "application/jose", schema = @Schema(type = "string")))
    @AnswersProblems({"invalid-parameter", "not-found", "receipt-not-ready"})
    @GetMapping(RequestsApi.PATH + "/{id}/receipt")
    ResponseEntity<String> receipt(@PathVariable UUID id) {
        JobSummary job = jobs.summary(new JobId(id));
        ReceiptNotReady.throwUnlessEnded(job.stage());
        return ResponseEntity.ok()
                .contentType(JOSE)
                .body(receipts.newest(job.id()).orElseThrow(() -> new ReceiptNotReady(job.stage())));
    }
}
