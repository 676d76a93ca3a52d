package io.dsrbroker.api;

import io.dsrbroker.audit.AuditVerification;
import io.dsrbroker.job.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calls of the API by which people act, for the console: the same handlers with the same bodies, so that whatever they
 * refuse is refused there too.
 */
@Component
public class Actions {

    private final ApprovalsApi approvals;
    private final InterventionsApi interventions;
    private final RetriesApi retries;
    private final ConfirmationsApi confirmations;
    private final DecisionsApi decisions;
    private final LanesApi lanes;
    private final PackageApi packages;
    private final TrailApi trail;
    private final ReceiptApi receipts;
    private final JsonMapper json;

    Actions(
            ApprovalsApi approvals,
            InterventionsApi interventions,
            RetriesApi retries,
            ConfirmationsApi confirmations,
            DecisionsApi decisions,
            LanesApi lanes,
            PackageApi packages,
            TrailApi trail,
            ReceiptApi receipts,
            JsonMapper json) {
        this.approvals = approvals;
        this.interventions = interventions;
        this.retries = retries;
        this.confirmations = confirmations;
        this.decisions = decisions;
        this.lanes = lanes;
        this.packages = packages;
        this.trail = trail;
        this.receipts = receipts;
        this.json = json;
    }

    /** What can be done to a request, under the last segment of its path. */
    public void act(UUID request, String action, Map<String, ?> body, Caller caller) {
        byte[] said = json.writeValueAsBytes(body);
        switch (action) {
            case "approval" -> approvals.approve(request, said, caller);
            case "denial" -> approvals.deny(request, said, caller);
            case "decisions" -> decisions.decide(request, said, caller);
            case "hold" -> interventions.hold(request, said, caller);
            case "release" -> interventions.release(request, said, caller);
            case "cancellation" -> interventions.cancel(request, said, caller);
            case "extension" -> interventions.extend(request, said, caller);
            case "retry" -> retries.retry(request, caller);
            default -> throw new IllegalArgumentException("There is no action " + action);
        }
    }

    /** Tries one resource again. */
    public void retry(UUID request, UUID task, Caller caller) {
        retries.retry(request, task, caller);
    }

    /** Takes a person's word for what was done by hand. */
    public void confirm(UUID request, UUID task, Map<String, ?> body, Caller caller) {
        confirmations.confirm(request, task, json.writeValueAsBytes(body), caller);
    }

    /** Stops a lane. */
    public void pause(String lane, Map<String, ?> body, Caller caller) {
        lanes.pause(lane, json.writeValueAsBytes(body), caller);
    }

    /** Lets a lane go on. */
    public void resume(String lane, Caller caller) {
        lanes.resume(lane, caller);
    }

    /** Checks all that was written down; one such check at a time. */
    public AuditVerification.Report verify(HttpServletRequest call) {
        return trail.verify(call);
    }

    /** The newest receipt, as a compact JWS. */
    public ResponseEntity<String> receipt(UUID request) {
        return receipts.receipt(request);
    }

    /** Answers with the package. */
    public void download(UUID request, Caller caller, HttpServletRequest call, HttpServletResponse answer)
            throws IOException {
        packages.download(request, caller, call, answer);
    }
}
