package io.dsrbroker.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dsrbroker.job.Acted;
import io.dsrbroker.job.Administered;
import io.dsrbroker.job.Caller;
import io.dsrbroker.shared.JobId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.IllegalTransactionStateException;

class AuditTrailTests extends AuditModule {

    @Test
    void chainsTheEntriesOfAJob() {
        JobId job = givenJob();
        givenThreeEntries(job);
        List<AuditEntry> chain = entries.after(job, 0, 100);
        assertThat(chain).extracting(AuditEntry::seq).containsExactly(1L, 2L, 3L);
        assertThat(chain.getFirst().previousHash()).isEqualTo("0".repeat(64));
        for (int index = 1; index < chain.size(); index++) {
            assertThat(chain.get(index).previousHash())
                    .isEqualTo(chain.get(index - 1).hash());
        }
        assertThat(chain.get(1).actor()).isEqualTo(BOB);
        assertThat(entries.newest(job)).contains(chain.getLast());
        assertThat(found()).isEmpty();
    }

    @Test
    void hashIsOverTheCanonicalFormOfWhatIsRead() {
        JobId job = givenJob();
        acts(job, ANN, "held", Map.of("reason", "Ä \"quoted\"\n", "on", true, "count", 3));
        AuditEntry entry = entries.after(job, 0, 100).getFirst();
        assertThat(entry.hash())
                .isEqualTo(hash(
                        "{\"action\":\"held\",\"actor\":{\"client\":\"portal\",\"sub\":\"ann\"},\"at\":\"" + entry.at()
                                + "\",\"detail\":{\"count\":3,\"on\":true,\"reason\":\"Ä \\\"quoted\\\"\\n\"},"
                                + "\"previousHash\":\"" + "0".repeat(64) + "\",\"seq\":1}"));
    }

    @Test
    void detailsReadBackAsTheyWereHashed() {
        acts(
                givenJob(),
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
        assertThat(found()).isEmpty();
    }

    @Test
    void pagesBySeq() {
        JobId job = givenJob();
        givenThreeEntries(job);
        assertThat(entries.after(job, 1, 2)).extracting(AuditEntry::seq).containsExactly(2L, 3L);
        assertThat(entries.after(job, 3, 2)).isEmpty();
    }

    @Test
    void whatIsRolledBackWasNotDone() {
        JobId job = givenJob();
        transaction.executeWithoutResult(status -> {
            events.publishEvent(new Acted(job, ANN, "held", Map.of()));
            status.setRollbackOnly();
        });
        assertThat(entries.after(job, 0, 100)).isEmpty();
        assertThat(checkpoints.take()).isEmpty();
    }

    @Test
    void refusesWhatHappensOutsideATransaction() {
        JobId job = givenJob();
        assertThatExceptionOfType(IllegalTransactionStateException.class)
                .isThrownBy(() -> events.publishEvent(new Acted(job, ANN, "held", Map.of())));
        assertThatExceptionOfType(IllegalTransactionStateException.class)
                .isThrownBy(() -> events.publishEvent(new Administered(ANN, "lane-paused", Map.of())));
    }

    @Test
    void manyWhoChangeTheBrokerAtOnceMakeOneChain() {
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<?>[] all = IntStream.range(0, 40)
                    .mapToObj(number -> CompletableFuture.runAsync(
                            () -> transaction.executeWithoutResult(status -> events.publishEvent(
                                    new Administered(ANN, "lane-paused", Map.of("lane", "arm:" + number)))),
                            people))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(all).join();
        }
        assertThat(entries.after(AuditEntries.BROKER, 0, 100))
                .extracting(AuditEntry::seq)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 40).boxed().toList());
        assertThat(found()).isEmpty();
    }

    @Test
    void lastEntryOfAJobSaysWhatItsTasksCameTo() {
        JobId job = givenEndedJob();
        AuditEntry last = entries.newest(job).orElseThrow();
        assertThat(last.actor()).isEqualTo(Caller.SYSTEM);
        assertThat(last.detail())
                .containsEntry("from", "IN_PROGRESS")
                .containsEntry("to", "COMPLETED_WITH_EXCEPTIONS")
                .containsEntry("counts", Map.of("DISCOVERED", 1, "DELETED", 2, "COVERED", 1, "SKIPPED", 1))
                .containsKey("outcomesHash");
    }
}
