package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The durable record of carrying one request out. */
@Entity
class Job {

    @Id
    private UUID id;

    @Enumerated(EnumType.STRING)
    private RequestType type;

    private boolean exportFirst;

    @Enumerated(EnumType.STRING)
    private Regulation regulation;

    private @Nullable String externalId;

    @Enumerated(EnumType.STRING)
    private Stage stage = Stage.RECEIVED;

    private @Nullable String stageReason;
    private boolean onHold;
    private Instant receivedAt;
    private Instant createdAt;
    private Instant dueAt;
    private boolean extended;
    private @Nullable Instant finishedAt;

    @Enumerated(EnumType.STRING)
    private @Nullable Phase phase;

    private int pass = 1;
    private @Nullable Instant destructiveAt;
    private String createdBySub;
    private @Nullable String createdByClient;
    private String catalogueHash;
    private byte[] subject;
    private byte @Nullable [] secrets;
    private boolean secretsGone;
    private @Nullable Instant erasedAt;

    @SuppressWarnings("UnusedVariable") // the record of how the subject was identified
    private @Nullable String verification;

    private byte @Nullable [] callbackUrl;
    private @Nullable String callbackHost;
    private @Nullable String traceParent;

    @Version
    private long version;

    @ElementCollection(fetch = FetchType.LAZY)
    @CollectionTable(name = "job_target", joinColumns = @JoinColumn(name = "job_id"))
    @OrderColumn(name = "ordinal")
    private List<JobTarget> targets = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // for JPA
    protected Job() {}

    @SuppressWarnings("NullAway.Init") // the rest is set by sealed(…)
    Job(UUID id, Submission submission, Caller caller, String catalogueHash, Instant now) {
        this.id = id;
        this.type = submission.type();
        this.exportFirst = submission.exportFirst();
        this.regulation = submission.regulation();
        this.externalId = submission.externalId();
        this.callbackHost = submission.callbackHost();
        this.receivedAt = submission.receivedAt();
        this.createdAt = now;
        this.dueAt = submission.regulation().dueAt(submission.receivedAt());
        this.createdBySub = caller.sub();
        this.createdByClient = caller.client();
        this.catalogueHash = catalogueHash;
        this.phase = submission.type() == RequestType.DELETE ? Phase.PLANNING : null;
    }

    /** Takes what is kept of the person, sealed. */
    Job sealed(
            byte[] subject, byte @Nullable [] secrets, byte @Nullable [] callbackUrl, @Nullable String verification) {
        this.subject = subject;
        this.secrets = secrets;
        this.callbackUrl = callbackUrl;
        this.verification = verification;
        return this;
    }

    /** What is done for it belongs to this trace. */
    Job tracedIn(@Nullable String parent) {
        this.traceParent = parent;
        return this;
    }

    @Nullable
    String traceParent() {
        return traceParent;
    }

    Job aimedAt(List<JobTarget> places) {
        this.targets.addAll(places);
        return this;
    }

    /** Moves to a stage; an ended job moves no more. Answers whether anything changed. */
    boolean enter(Stage next, Instant now) {
        if (next == stage) {
            return false;
        }
        if (stage.ended()) {
            throw new IllegalStateException("Job " + id + " has ended as " + stage + " and cannot become " + next);
        }
        stage = next;
        finishedAt = next.ended() ? now : null;
        return true;
    }

    /** Works again although it had ended: something of it is tried once more. */
    void reopen(Stage next) {
        if (stage != Stage.COMPLETED_WITH_EXCEPTIONS && stage != Stage.FAILED && stage.ended()) {
            throw new WrongStage(stage, "The request has ended as " + stage + ".");
        }
        stage = next;
        stageReason = null;
        finishedAt = null;
    }

    /** Goes on to another phase of a delete. */
    void enter(Phase next) {
        if (phase == null) {
            throw new IllegalStateException("Job " + id + " is no delete");
        }
        phase = next;
    }

    /** Looks for everything once more; answers the number of this pass. */
    int beginPass(Phase next) {
        enter(next);
        return ++pass;
    }

    void explain(@Nullable String reason) {
        stageReason = reason;
    }

    void hold(boolean held) {
        onHold = held;
    }

    void extend(Instant newDueAt) {
        dueAt = newDueAt;
        extended = true;
    }

    /** Keeps no secret any longer. */
    void forgetSecrets() {
        secretsGone = secretsGone || secrets != null;
        secrets = null;
    }

    /** Whether it came with secrets that are destroyed now. */
    boolean secretsGone() {
        return secretsGone;
    }

    /** Keeps nothing of the subject any longer. */
    void erase(Instant now) {
        if (!stage.ended()) {
            throw new IllegalStateException("Job " + id + " has not ended");
        }
        subject = new byte[0];
        forgetSecrets();
        callbackUrl = null;
        callbackHost = null;
        erasedAt = now;
    }

    boolean erased() {
        return erasedAt != null;
    }

    /** Whether it ended by then, and is still kept. */
    boolean endedBefore(Instant time) {
        return finishedAt != null && !finishedAt.isAfter(time) && erasedAt == null;
    }

    Phase phase() {
        if (phase == null) {
            throw new IllegalStateException("Job " + id + " is no delete");
        }
        return phase;
    }

    int pass() {
        return pass;
    }

    boolean onHold() {
        return onHold;
    }

    boolean extended() {
        return extended;
    }

    Instant receivedAt() {
        return receivedAt;
    }

    Regulation regulation() {
        return regulation;
    }

    /** Whether a DELETE was, or was about to be, sent. */
    boolean destructive() {
        return destructiveAt != null;
    }

    String catalogueHash() {
        return catalogueHash;
    }

    JobId id() {
        return new JobId(id);
    }

    RequestType type() {
        return type;
    }

    boolean exportFirst() {
        return exportFirst;
    }

    Stage stage() {
        return stage;
    }

    Instant dueAt() {
        return dueAt;
    }

    String createdBySub() {
        return createdBySub;
    }

    byte[] subject() {
        return subject;
    }

    byte @Nullable [] secrets() {
        return secrets;
    }

    List<JobTarget> targets() {
        return targets;
    }

    byte @Nullable [] callbackUrl() {
        return callbackUrl;
    }

    Portals.Portal portal() {
        return new Portals.Portal(externalId, callbackHost);
    }

    /** Whether the subject receives a package. */
    boolean makesPackage() {
        return type == RequestType.EXPORT || exportFirst;
    }

    JobSummary summary() {
        return new JobSummary(
                id(),
                externalId,
                type,
                regulation,
                stage,
                stageReason,
                onHold,
                receivedAt,
                createdAt,
                dueAt,
                extended,
                finishedAt,
                new Caller(createdBySub, createdByClient),
                catalogueHash,
                makesPackage());
    }
}
