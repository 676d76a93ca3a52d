package io.dsrbroker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.LoggedRequest;
import io.dsrbroker.simulator.Person;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four replicas use the whole quota of a subscription, and never more. */
@Tag("chaos")
class SharedQuotaTests {

    private static final Person SUBJECT = Person.named("Ada", "Lovelace");
    private static final Place GROUP = Place.resourceGroup(Estate.SUBSCRIPTION, Estate.GROUP);
    private static final int PER_SECOND = 25;
    private static final int BUCKET = 250;
    private static final int CLUSTERS = 2500;
    private static final Duration WINDOW = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void fourReplicasTogetherUseTheQuotaAndNeverMore() throws Exception {
        measure(Map.of());
    }

    /** The lane is handed on many times within the minute. */
    @Test
    void quotaIsKeptWhileTheLaneChangesHands() throws Exception {
        measure(Map.of("dsr.lanes.slice", "5s"));
    }

    private void measure(Map<String, String> settings) throws Exception {
        Estate.Builder estate = Estate.builder();
        for (int i = 1; i <= CLUSTERS; i++) {
            estate.cluster(GROUP, "Cluster" + i, "East US 2");
        }
        List<LoggedRequest> calls;
        long takings;
        try (AzureSimulator azure = AzureSimulator.start(estate.build());
                Replicas replicas = new Replicas(4, Database.fresh(), azure, folder, settings)) {
            azure.settings().pageSize(500);
            replicas.submit(DataRequests.export(SUBJECT, List.of(GROUP)));
            assertThat(Ledger.within(60, () -> calls(azure).size() > 50)).isTrue();
            Thread.sleep(WINDOW.plusSeconds(3));
            calls = calls(azure);
            takings = replicas.ledger().number("select count(*) from chaos_take where lane like 'arm:%'");
        }
        Instant from = calls.get(20).at();
        Instant to = from.plus(WINDOW);
        long made = calls.stream()
                .filter(call -> !call.at().isBefore(from) && call.at().isBefore(to))
                .count();
        long refused = calls.stream().filter(call -> call.status() == 429).count();
        long beyond = beyondQuota(calls);
        long rate = PER_SECOND * WINDOW.toSeconds();
        Figures.tell(
                "shared quota %s: %d calls in %d s, %.1f %% of the rate, %.1f %% of bucket and rate; %d takings;"
                        + " %d beyond the quota, %d refused",
                settings,
                made,
                WINDOW.toSeconds(),
                100.0 * made / rate,
                100.0 * made / (rate + BUCKET),
                takings,
                beyond,
                refused);
        assertThat(beyond).isZero();
        assertThat(refused).isZero();
        assertThat(made).isGreaterThanOrEqualTo(rate * 95 / 100);
    }

    private static List<LoggedRequest> calls(AzureSimulator azure) {
        return azure.log().stream()
                .filter(request -> request.upstream().equals("arm"))
                .toList();
    }

    /** How many calls a bucket that is full at first would have refused. */
    private static long beyondQuota(List<LoggedRequest> calls) {
        double tokens = BUCKET;
        Instant filled = calls.getFirst().at();
        long beyond = 0;
        for (LoggedRequest call : calls) {
            double seconds = Duration.between(filled, call.at()).toNanos() / 1e9;
            tokens = Math.min(BUCKET, tokens + Math.max(0, seconds) * PER_SECOND);
            filled = call.at().isAfter(filled) ? call.at() : filled;
            if (tokens < 1) {
                beyond++;
            } else {
                tokens -= 1;
            }
        }
        return beyond;
    }
}
