package io.dsrbroker.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dsrbroker.job.Acted;
import io.dsrbroker.job.Caller;
import io.dsrbroker.shared.Digests;
import io.dsrbroker.shared.JobId;
import io.dsrbroker.shared.Uuids;
import io.dsrbroker.support.Database;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(
        classes = AuditParts.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "db-scheduler.enabled=false")
class AuditTrailTests {

    private static final Database DATABASE = Database.fresh();
    private static final Instant AT = Instant.parse("2026-11-02T09:15:00Z");
    private static final Caller ANN = new Caller("ann", "portal");

    @Autowired
    AuditEntries entries;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    private JobId job = new JobId(Uuids.at(AT));

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        DATABASE.settings().forEach((name, value) -> properties.add(name, () -> value));
    }

    @BeforeEach
    void givenJob() {
        job = new JobId(Uuids.at(AT));
        jdbc.sql("""
                insert into job (id, type, export_first, regulation, stage, received_at, created_at, due_at,
                                 created_by_sub, catalogue_hash, subject, version)
                values (:id, 'DELETE', false, 'GDPR', 'AWAITING_APPROVAL', :at, :at, :at, 'ann', 'c0ffee', '\\x7b7d', 0)
                """)
                .param("id", job.value())
                .param("at", AT.atOffset(ZoneOffset.UTC))
                .update();
    }

    private void acts(Caller actor, String action, Map<String, Object> detail) {
        transaction.executeWithoutResult(status -> events.publishEvent(new Acted(job, actor, action, detail)));
    }

    private void givenFourEntries() {
        acts(ANN, "received", Map.of());
        acts(Caller.SYSTEM, "stage", Map.of("stage", "AWAITING_APPROVAL"));
        acts(new Caller("bob", null), "approved", Map.of("planHash", "f".repeat(64), "excluded", 2));
        acts(ANN, "held", Map.of("reason", "Wait."));
    }

    @Test
    void chainsTheEntriesOfAJob() {
        givenFourEntries();
        List<AuditEntry> chain = entries.after(job, 0, 100);
        assertThat(chain).extracting(AuditEntry::seq).containsExactly(1L, 2L, 3L, 4L);
        assertThat(chain.getFirst().previousHash()).isEqualTo("0".repeat(64));
        for (int index = 1; index < chain.size(); index++) {
            assertThat(chain.get(index).previousHash())
                    .isEqualTo(chain.get(index - 1).hash());
        }
        assertThat(chain.get(1).actor()).isEqualTo(Caller.SYSTEM);
        assertThat(entries.verify(job)).isEmpty();
        assertThat(entries.newest(job)).contains(chain.getLast());
    }

    @Test
    void hashIsOverTheCanonicalFormOfWhatIsRead() {
        acts(ANN, "held", Map.of("reason", "Ä \"quoted\"\n", "on", true, "count", 3));
        AuditEntry entry = entries.after(job, 0, 100).getFirst();
        assertThat(entry.hash())
                .isEqualTo(Digests.hex(
                        "{\"action\":\"held\",\"actor\":{\"client\":\"portal\",\"sub\":\"ann\"},\"at\":\"" + entry.at()
                                + "\",\"detail\":{\"count\":3,\"on\":true,\"reason\":\"Ä \\\"quoted\\\"\\n\"},"
                                + "\"previousHash\":\"" + "0".repeat(64) + "\",\"seq\":1}"));
    }

    @Test
    void detailsReadBackAsTheyWereHashed() {
        acts(
                ANN,
                "tried",
                Map.of(
                        "z",
                        "control \u0001\u001f\t, é, 😀, \u2028, \ufb33",
                        "a",
                        List.of(1, 9007199254740991L, -5, List.of(), Map.of()),
                        "\ud83d\ude00",
                        Map.of("b", false, "a", Map.of("c", "1.0")),
                        "\ufb33",
                        0,
                        "",
                        ""));
        assertThat(entries.verify(job)).isEmpty();
    }

    @Test
    void pagesBySeq() {
        givenFourEntries();
        assertThat(entries.after(job, 1, 2)).extracting(AuditEntry::seq).containsExactly(2L, 3L);
        assertThat(entries.after(job, 4, 2)).isEmpty();
        assertThat(entries.after(new JobId(Uuids.at(AT)), 0, 2)).isEmpty();
    }

    @Test
    void everyChangedColumnShows() {
        for (String change : List.of(
                "at = at + interval '1 microsecond'",
                "sub = 'eve'",
                "client = 'other'",
                "action = 'denied'",
                "detail = '{}'",
                "detail = detail || '{\"excluded\": 3}'",
                "detail = detail || '{\"excluded\": 2.0}'",
                "detail = detail || '{\"more\": null}'",
                "previous_hash = repeat('0', 64)",
                "hash = repeat('0', 64)")) {
            givenJob();
            givenFourEntries();
            jdbc.sql("update audit_entry set " + change + " where job_id = ? and seq = 3")
                    .param(job.value())
                    .update();
            assertThat(entries.verify(job)).as(change).hasValue(3);
        }
    }

    @Test
    void aRewrittenEntryBreaksTheNext() {
        givenFourEntries();
        List<AuditEntry> chain = entries.after(job, 0, 100);
        AuditEntry forged = AuditEntry.behind(chain.getFirst(), AT, ANN, "nothing", Map.of());
        jdbc.sql("delete from audit_entry where job_id = ? and seq = 2")
                .param(job.value())
                .update();
        entries.add(job, forged);
        assertThat(entries.verify(job)).hasValue(3);
    }

    @Test
    void aMissingEntryShowsAtTheNext() {
        for (int missing : List.of(1, 2, 3)) {
            givenJob();
            givenFourEntries();
            jdbc.sql("delete from audit_entry where job_id = ? and seq = ?")
                    .params(job.value(), missing)
                    .update();
            assertThat(entries.verify(job)).hasValue(missing + 1);
        }
    }

    @Test
    void whatIsRolledBackWasNotDone() {
        transaction.executeWithoutResult(status -> {
            events.publishEvent(new Acted(job, ANN, "held", Map.of()));
            status.setRollbackOnly();
        });
        assertThat(entries.after(job, 0, 100)).isEmpty();
    }

    @Test
    void refusesWhatHappensOutsideATransaction() {
        assertThatExceptionOfType(IllegalTransactionStateException.class)
                .isThrownBy(() -> events.publishEvent(new Acted(job, ANN, "held", Map.of())));
    }
}
