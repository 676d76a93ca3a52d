package io.dsrbroker.audit;

import static java.util.Objects.requireNonNull;

import io.dsrbroker.job.Acted;
import io.dsrbroker.job.Caller;
import io.dsrbroker.job.Progress;
import io.dsrbroker.shared.Digests;
import io.dsrbroker.shared.JobId;
import io.dsrbroker.shared.Uuids;
import io.dsrbroker.support.Database;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.transaction.support.TransactionTemplate;

/** The module on a database of its own, with nobody who works by himself; empty before every test. */
@SpringBootTest(
        classes = AuditParts.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "db-scheduler.enabled=false")
@Execution(ExecutionMode.SAME_THREAD)
abstract class AuditModule {

    static final Database DATABASE = Database.fresh();
    static final Instant AT = Instant.parse("2026-11-02T09:15:00Z");
    static final Caller ANN = new Caller("ann", "portal");
    static final Caller BOB = new Caller("bob", null);
    static final String PLAN = "f".repeat(64);

    @Autowired
    AuditEntries entries;

    @Autowired
    Checkpoints checkpoints;

    @Autowired
    CheckpointGuard guard;

    @Autowired
    AuditVerification verification;

    @Autowired
    Receipts receipts;

    @Autowired
    SigningKeys keys;

    @Autowired
    Progress progress;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        DATABASE.settings().forEach((name, value) -> properties.add(name, () -> value));
    }

    @BeforeEach
    void nothingThere() {
        DATABASE.tamper("""
                truncate audit_entry, audit_pending, audit_checkpoint, audit_checkpoint_head, receipt, approval, plan,
                         stage_change, task, container, job_target, job cascade
                """);
        anotherProcess();
    }

    /** Remembers nothing, as one that has just started on an empty database. */
    @SuppressWarnings("unchecked")
    void anotherProcess() {
        AtomicReference<@Nullable CheckpointMark> newest = (AtomicReference<@Nullable CheckpointMark>)
                requireNonNull(ReflectionTestUtils.getField(guard, "newest"));
        newest.set(null);
    }

    /** A delete that is being carried out, of which every task has ended. */
    JobId givenJob() {
        JobId job = new JobId(Uuids.at(AT));
        jdbc.sql("""
                insert into job (id, type, export_first, regulation, stage, received_at, created_at, due_at, phase,
                                 destructive_at, created_by_sub, catalogue_hash, subject, version)
                values (:id, 'DELETE', false, 'GDPR', 'IN_PROGRESS', :at, :at, :at, 'DELETING', :at, 'ann', 'c0ffee',
                        '\\x7b7d', 0)
                """)
                .param("id", job.value())
                .param("at", AT.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql(
                        "insert into job_target (job_id, ordinal, name, named, kind) values (?, 0, 'lab', true, 'resource-group')")
                .param(job.value())
                .update();
        jdbc.sql("insert into plan (job_id, hash, pass, made_at) values (?, ?, 1, now())")
                .params(job.value(), PLAN)
                .update();
        jdbc.sql("""
                insert into approval (job_id, seq, plan_hash, sub, excluded, at)
                values (?, 1, ?, 'bob', '[{"taskId": "x", "reason": "y"}]', now())
                """).params(job.value(), PLAN).update();
        givenTask(job, "DISCOVER", "run", "DISCOVERED", null);
        givenTask(job, "DELETE", "run", "DELETED", null);
        givenTask(job, "DELETE", "run", "DELETED", null);
        givenTask(job, "DELETE", "run-metric", "COVERED", null);
        givenTask(job, "DELETE", "model", "SKIPPED", "EXCLUDED");
        return job;
    }

    private void givenTask(
            JobId job, String kind, String type, String state, @org.jspecify.annotations.Nullable String reason) {
        jdbc.sql("""
                insert into task (job_id, id, target, container_id, kind, type, key, state, reason, lane, finished_at,
                                  attempts, evidence)
                values (:job, :id, 0, :job, :kind, :type, 'secret-key', :state, :reason, 'arm:1', now(), 1,
                        '[{"row": 32, "method": "GET", "status": 200, "at": "2026-11-02T09:15:00Z", "bytes": 2048}]')
                """)
                .param("job", job.value())
                .param("id", UUID.randomUUID())
                .param("kind", kind)
                .param("type", type)
                .param("state", state)
                .param("reason", reason)
                .update();
    }

    void acts(JobId job, Caller actor, String action, Map<String, Object> detail) {
        transaction.executeWithoutResult(status -> events.publishEvent(new Acted(job, actor, action, detail)));
    }

    /** A job with a chain of five, the last of which ends it. */
    JobId givenEndedJob() {
        JobId job = givenJob();
        givenThreeEntries(job);
        acts(job, Caller.SYSTEM, "plan-confirmed", Map.of());
        progress.reconsider(job);
        return job;
    }

    void givenThreeEntries(JobId job) {
        acts(job, ANN, "received", Map.of("requestId", job.toString(), "type", "DELETE", "targets", 1));
        acts(job, BOB, "approved", Map.of("planHash", PLAN, "excluded", 1));
        acts(job, ANN, "held", Map.of("reason", "Wait.", "after", Map.of("onHold", true)));
    }

    AuditVerification.Report report() {
        return verification.verify(Optional.empty());
    }

    /** What verification finds, in words. */
    List<String> found() {
        return report().findings().stream().map(Finding::what).toList();
    }

    String receipt(JobId job) {
        return receipts.newest(job).orElseThrow();
    }

    static String hash(String text) {
        return Digests.hex(text);
    }
}
