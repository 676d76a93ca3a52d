package io.dsrbroker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.Fault;
import io.dsrbroker.simulator.Faults;
import io.dsrbroker.simulator.Person;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lane that is told to wait, again and again, does not slow down another one. */
@Tag("chaos")
class PausedLaneTests {

    private static final Person SUBJECT = Person.named("Ada", "Lovelace");
    private static final Person OTHER = Person.named("Charles", "Babbage");
    private static final Place HOSTING = Place.hostingAccount(Estate.SUBSCRIPTION, Estate.GROUP, "models1");
    private static final Place GROUP = Place.resourceGroup(Estate.SUBSCRIPTION, Estate.GROUP);
    private static final String LANE = "model-management:eastus2:" + Estate.SUBSCRIPTION;
    private static final String PAUSED = "arm:" + Estate.SUBSCRIPTION;
    private static final int ROUNDS = 6;

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void laneWithQuotaKeepsItsRate() throws Exception {
        compare("50/s", "50", 10, 3000);
    }

    private void compare(String what, String readsPerSecond, int seconds, int backlog) throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("dsr.lanes.model-management.reads-per-second", readsPerSecond);
        settings.put("dsr.lanes.model-management.read-burst", readsPerSecond);
        Estate.Builder estate = Estate.builder();
        estate.hostingAccount(HOSTING, "East US 2", 2000, 0);
        estate.cluster(GROUP, "Cluster1", "East US 2");
        long alone = 0;
        long beside = 0;
        long refusals = 0;
        try (AzureSimulator azure = AzureSimulator.start(estate.build());
                Replicas replicas = new Replicas(1, Database.fresh(), azure, folder, settings)) {
            azure.settings().pageSize(500);
            keepBusy(replicas, backlog);
            Thread.sleep(5000);
            for (int round = 0; round < ROUNDS; round++) {
                // In turns, so that what changes by itself hits both alike.
                boolean first = round % 2 == 0;
                for (boolean paused : new boolean[] {first, !first}) {
                    keepBusy(replicas, backlog);
                    if (paused) {
                        azure.settings().faults = Faults.always(
                                Fault.throttled(1),
                                request -> request.upstream().equals("arm"));
                        String id = replicas.submit(DataRequests.export(OTHER, List.of(GROUP)));
                        assertThat(Ledger.within(
                                        20,
                                        () -> replicas.ledger()
                                                        .number(
                                                                "select count(*) from lane where name = ? and paused_until > now()",
                                                                PAUSED)
                                                > 0))
                                .isTrue();
                        beside += settled(replicas, seconds);
                        replicas.ask(
                                "privacy-desk",
                                portal -> portal.post("/requests/" + id + "/cancellation", "{\"reason\":\"enough\"}"));
                        azure.settings().faults = Faults.none();
                        refusals = azure.log().stream()
                                .filter(request -> request.status() == 429)
                                .count();
                    } else {
                        alone += settled(replicas, seconds);
                    }
                }
                Figures.tell("paused lane, %s, round %d: alone %d, beside it %d", what, round + 1, alone, beside);
            }
        }
        Figures.tell(
                "paused lane, %s: alone %.1f/s, beside a lane with %d refusals %.1f/s, %.1f %%",
                what,
                (double) alone / ROUNDS / seconds,
                refusals,
                (double) beside / ROUNDS / seconds,
                100.0 * beside / alone);
        assertThat(refusals).isGreaterThanOrEqualTo(ROUNDS);
        assertThat(beside).isGreaterThanOrEqualTo(alone * 95 / 100);
    }

    /** How many tasks of the lane are settled in so many seconds. */
    private static long settled(Replicas replicas, int seconds) throws InterruptedException {
        Instant from = Instant.now();
        Thread.sleep(seconds * 1000L);
        return replicas.ledger()
                .number(
                        "select count(*) from chaos_write where lane = ? and ended and was = 'READY' and at >= ? and at < ?",
                        LANE,
                        from.atOffset(java.time.ZoneOffset.UTC),
                        from.plusSeconds(seconds).atOffset(java.time.ZoneOffset.UTC));
    }

    private static void keepBusy(Replicas replicas, int backlog) throws InterruptedException {
        for (int i = 0; i < 10 && ready(replicas) < backlog; i++) {
            long before = ready(replicas);
            replicas.submit(DataRequests.export(SUBJECT, List.of(HOSTING)));
            assertThat(Ledger.within(120, () -> ready(replicas) >= before + 3000))
                    .isTrue();
        }
    }

    private static long ready(Replicas replicas) {
        return replicas.ledger().number("select count(*) from task where lane = ? and state = 'READY'", LANE);
    }
}
