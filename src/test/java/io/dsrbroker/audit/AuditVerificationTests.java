package io.dsrbroker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.job.Administered;
import io.dsrbroker.shared.JobId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever is changed behind the broker's back is found, by somebody who may do everything in the database. */
class AuditVerificationTests extends AuditModule {

    private JobId job = new JobId(new java.util.UUID(0, 1));
    private JobId other = job;

    @BeforeEach
    void twoJobsThatEndedTwoCheckpointsAndAnEntryOfTheBroker() {
        job = givenEndedJob();
        assertThat(checkpoints.take()).isPresent();
        other = givenEndedJob();
        transaction.executeWithoutResult(
                status -> events.publishEvent(new Administered(ANN, "lane-paused", Map.of("lane", "arm:1"))));
        assertThat(checkpoints.take()).isPresent();
        assertThat(checkpoints.take()).isEmpty();
    }

    private String of(String sql) {
        return sql.replace(":job", "'" + job + "'").replace(":other", "'" + other + "'");
    }

    @Test
    void whatNobodyTouchedIsIntact() {
        AuditVerification.Report report = report();
        assertThat(report).isEqualTo(new AuditVerification.Report(true, 3, 11, 2, 0, List.of()));
    }

    /** What is done, and words of what is found; run before the job's newest entries are covered by another checkpoint. */
    private static Map<String, String> tampering() {
        Map<String, String> cases = new LinkedHashMap<>();
        for (String change : List.of(
                "at = at + interval '1 microsecond'",
                "sub = 'eve'",
                "client = 'other'",
                "action = 'denied'",
                "detail = '{}'",
                "detail = detail || '{\"excluded\": 3}'",
                "detail = detail || '{\"excluded\": 2.5}'",
                "detail = detail || '{\"more\": null}'",
                "previous_hash = repeat('0', 64)",
                "hash = repeat('0', 64)",
                "seq = 77")) {
            cases.put("update audit_entry set " + change + " where job_id = :job and seq = 2", "the entry was changed");
        }
        cases.put(
                "update audit_entry set job_id = '01990000-0000-7000-8000-000000000000' where job_id = :job",
                "the request has no audit trail");
        cases.put("delete from audit_entry where job_id = :job and seq = 1", "the entry before it is missing");
        cases.put("delete from audit_entry where job_id = :job and seq = 3", "the entry before it is missing");
        cases.put(
                "delete from audit_entry where job_id = :job and seq = 5",
                "the entry that checkpoint 1 names is missing");
        cases.put("delete from audit_entry where job_id = :job", "the request has no audit trail");
        cases.put("truncate audit_entry", "the request has no audit trail");
        cases.put(
                "truncate audit_entry, audit_checkpoint, audit_checkpoint_head, receipt, audit_pending",
                "the request has no audit trail");
        cases.put(
                "insert into audit_entry select job_id, 6, at, sub, client, action, detail, previous_hash, hash"
                        + " from audit_entry where job_id = :job and seq = 5",
                "the entry was changed");
        cases.put(
                "update audit_entry set seq = -seq where job_id = :job and seq in (2, 3);"
                        + " update audit_entry set seq = 5 + seq where job_id = :job and seq < 0",
                "the entry was changed");
        cases.put(
                "update audit_entry set job_id = '00000000-0000-0000-0000-000000000009' where job_id = :job;"
                        + " update audit_entry set job_id = :job where job_id = :other;"
                        + " update audit_entry set job_id = :other where job_id = '00000000-0000-0000-0000-000000000009'",
                "the chain is another request's");
        cases.put("update audit_checkpoint set kid = 'x' where seq = 1", "its row is not as it was signed");
        cases.put("update audit_checkpoint set seq = 7 where seq = 2", "the one before it is missing");
        cases.put(
                "update audit_checkpoint set jws = overlay(jws placing 'A' from 150 for 1) where seq = 1",
                "checkpoint 1:");
        cases.put(
                "update audit_checkpoint set jws = (select jws from audit_checkpoint where seq = 1) where seq = 2",
                "it does not follow the one before it");
        cases.put("delete from audit_checkpoint where seq = 1", "the one before it is missing");
        cases.put("delete from audit_checkpoint where seq = 2", "it is missing, although its heads are there");
        cases.put("truncate audit_checkpoint", "it is missing, although its heads are there");
        cases.put(
                "truncate audit_checkpoint, audit_checkpoint_head",
                "no checkpoint covers this entry, nor is it waiting for one");
        cases.put(
                "truncate audit_checkpoint, audit_checkpoint_head;"
                        + " insert into audit_pending select job_id, seq from audit_entry",
                "checkpoint 2: the one is missing that this broker has seen");
        cases.put(
                "update audit_checkpoint set jws = (select jws from audit_checkpoint where seq = 1), kid = kid where seq = 2",
                "checkpoint 2: it is not the one that this broker has seen");
        cases.put("insert into audit_pending values (:job, 99)", "the entry waits for a checkpoint, but is missing");
        cases.put("delete from audit_checkpoint_head where checkpoint = 1", "its heads are not those that it signed");
        cases.put(
                "update audit_checkpoint_head set hash = repeat('0', 64) where checkpoint = 1",
                "its heads are not those that it signed");
        cases.put(
                "update audit_checkpoint_head set seq = 4 where checkpoint = 1",
                "its heads are not those that it signed");
        cases.put(
                "insert into audit_checkpoint_head values (1, '01990000-0000-7000-8000-000000000000', 1, repeat('0', 64))",
                "its heads are not those that it signed");
        cases.put("delete from receipt where job_id = :job", "the receipt of this ending is missing");
        cases.put("truncate receipt", "the receipt of this ending is missing");
        cases.put("update receipt set kid = 'x' where job_id = :job", "receipt: its row names another key");
        cases.put("update receipt set audit_seq = 4 where job_id = :job", "for an entry that is no ending");
        cases.put("update receipt set jws = overlay(jws placing 'A' from 400 for 1) where job_id = :job", "receipt: ");
        cases.put(
                "update receipt set jws = (select jws from receipt where job_id = :other) where job_id = :job",
                "receipt: it is another request's");
        cases.put(
                "update task set state = 'DELETED', reason = null where job_id = :job and state = 'SKIPPED'",
                "what the request's tasks came to was changed");
        cases.put(
                "update task set evidence = '[]' where job_id = :job and type = 'model'",
                "what the request's tasks came to was changed");
        cases.put(
                "update task set finished_at = finished_at + interval '1 day' where job_id = :job and type = 'model'",
                "what the request's tasks came to was changed");
        cases.put(
                "delete from task where job_id = :job and type = 'model'",
                "what the request's tasks came to was changed");
        cases.put(
                "update job set stage = 'COMPLETED' where id = :job",
                "the request is in another stage than its audit trail says");
        return cases;
    }

    @TestFactory
    Stream<DynamicTest> everyChangeIsFound() {
        return tampering().entrySet().stream()
                .map(change -> DynamicTest.dynamicTest(change.getKey(), () -> {
                    nothingThere();
                    twoJobsThatEndedTwoCheckpointsAndAnEntryOfTheBroker();
                    assertThat(found()).isEmpty();
                    DATABASE.tamper(of(change.getKey()));
                    assertThat(found()).anySatisfy(what -> assertThat(what).contains(change.getValue()));
                }));
    }

    @Test
    void aRewrittenTailIsFoundAlthoughItsHashesFit() {
        List<AuditEntry> chain = entries.after(job, 0, 100);
        AuditEntry forged = AuditEntry.behind(chain.get(3), AT, ANN, "nothing", Map.of());
        DATABASE.tamper(of("delete from audit_entry where job_id = :job and seq = 5"));
        transaction.executeWithoutResult(status -> entries.add(job, forged));
        assertThat(found())
                .anySatisfy(what -> assertThat(what).contains("the entry that checkpoint 1 names is another"));
    }

    @Test
    void entriesThatWaitForACheckpointAreNoFinding() {
        acts(job, ANN, "package-downloaded", Map.of());
        assertThat(found()).isEmpty();
        DATABASE.tamper("truncate audit_pending");
        assertThat(found()).containsExactly("no checkpoint covers this entry, nor is it waiting for one");
    }

    @Test
    void forgedHistoryIsNeitherSignedNorFoundIntact() {
        DATABASE.tamper(of("truncate audit_checkpoint, audit_checkpoint_head, audit_pending;"
                + " delete from audit_entry where job_id = '00000000-0000-0000-0000-000000000000';"
                + " insert into audit_pending select job_id, seq from audit_entry"));
        assertThat(checkpoints.take()).isEmpty();
        assertThat(checkpoints.after(0, 10)).isEmpty();
        assertThat(found()).containsExactly("checkpoint 2: the one is missing that this broker has seen");
    }

    @Test
    void whatOneProcessForgotIsRememberedByWhoeverKeptACheckpoint() {
        CheckpointMark kept =
                new CheckpointMark(2, hash(checkpoints.after(1, 1).getFirst().jws()));
        assertThat(verification.verify(Optional.of(kept)).findings()).isEmpty();
        assertThat(verification
                        .verify(Optional.of(new CheckpointMark(1, kept.hash())))
                        .findings())
                .extracting(Finding::what)
                .containsExactly("checkpoint 1: it is not the one that the caller has kept");
        DATABASE.tamper("truncate audit_checkpoint, audit_checkpoint_head;"
                + " insert into audit_pending select job_id, seq from audit_entry");
        anotherProcess();
        assertThat(checkpoints.take()).isPresent();
        assertThat(found()).isEmpty();
        assertThat(verification.verify(Optional.of(kept)).findings())
                .extracting(Finding::what)
                .containsExactly("checkpoint 2: the one is missing that the caller has kept");
    }

    @Test
    void newestCheckpointThatNobodySignedIsNotBuiltUpon() {
        acts(job, ANN, "package-downloaded", Map.of());
        DATABASE.tamper("insert into audit_checkpoint select 3, kid, jws from audit_checkpoint where seq = 2");
        assertThat(checkpoints.take()).isEmpty();
        DATABASE.tamper("delete from audit_checkpoint where seq = 3");
        assertThat(checkpoints.take()).isPresent();
    }

    @Test
    void checkpointThatWasNotCommittedIsNotRemembered() {
        acts(job, ANN, "package-downloaded", Map.of());
        transaction.executeWithoutResult(status -> {
            assertThat(checkpoints.take()).isPresent();
            status.setRollbackOnly();
        });
        assertThat(checkpoints.take()).isPresent();
        assertThat(found()).isEmpty();
    }

    @Test
    void entryThatWaitsAlthoughACheckpointMustHaveCoveredItIsFound() {
        AuditEntry late = AuditEntry.behind(
                entries.newest(job).orElseThrow(),
                Instant.now().minus(Duration.ofMinutes(17)).truncatedTo(ChronoUnit.MICROS),
                ANN,
                "held",
                Map.of());
        transaction.executeWithoutResult(status -> entries.add(job, late));
        assertThat(found())
                .containsExactly("the entry only waits for a checkpoint, although one was taken after its time");
    }

    @Test
    void nothingIsSignedWhileEntriesThatWaitAreMissing() {
        acts(job, ANN, "package-downloaded", Map.of());
        DATABASE.tamper(of("delete from audit_entry where job_id = :job and seq = 6"));
        assertThat(checkpoints.take()).isEmpty();
        assertThat(found()).containsExactly("the entry waits for a checkpoint, but is missing");
    }

    @Test
    void approvalThatTheChainDoesNotTellOfIsFoundInTheReceipt() {
        JobId third = givenJob();
        givenThreeEntries(third);
        DATABASE.tamper("update approval set sub = 'eve' where job_id = '" + third + "'");
        progress.reconsider(third);
        assertThat(found()).containsExactly("receipt: its approvals are not those that the audit trail tells of");
    }

    @Test
    void ofVeryManyFindingsTheFirstAreNamedAndAllAreCounted() {
        DATABASE.tamper(of("""
                insert into audit_entry
                select :job, n, now(), 'eve', null, 'x', '{}', repeat('0', 64), repeat('0', 64)
                from generate_series(100, 2000) n"""));
        AuditVerification.Report report = report();
        assertThat(report.intact()).isFalse();
        assertThat(report.findings()).hasSize(1000);
        assertThat(report.findingCount()).isGreaterThan(1900);
    }

    @Test
    void checkpointsNameWhatThereIs() {
        List<Checkpoint> all = checkpoints.after(0, 100);
        assertThat(all).extracting(Checkpoint::chains).containsExactly(1L, 3L);
        assertThat(all).extracting(Checkpoint::entries).containsExactly(5L, 11L);
        assertThat(all.getLast().previous()).isEqualTo(hash(all.getFirst().jws()));
    }
}
