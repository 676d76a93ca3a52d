package io.dsrbroker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Person;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.BrokerProcess;
import io.dsrbroker.support.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a busy lane stands still when its holder goes, with the settings that the broker comes with. */
@Tag("chaos")
class TakeoverTests {

    private static final Person SUBJECT = Person.named("Ada", "Lovelace");
    private static final Place HOSTING = Place.hostingAccount(Estate.SUBSCRIPTION, Estate.GROUP, "models1");
    private static final String LANE = "model-management:eastus2:" + Estate.SUBSCRIPTION;
    private static final int TIMES = Integer.getInteger("dsr.chaos.takeovers", 20);

    @TempDir
    private Path folder = Path.of(".");

    /** Takes a replica away. */
    @FunctionalInterface
    private interface End {
        void of(BrokerProcess replica) throws Exception;
    }

    @Test
    void laneOfKilledHolderGoesOnWithinThirteenSeconds() throws Exception {
        Figures figures = takeovers(BrokerProcess::kill);
        Figures.tell("takeover after kill -9: %s", figures);
        assertThat(figures.sorted()).allMatch(millis -> millis <= 13_000);
    }

    @Test
    void laneOfHolderThatIsAskedToEndGoesOnWithinTwoSeconds() throws Exception {
        Figures figures = takeovers(BrokerProcess::beginToTerminate);
        Figures.tell("takeover after SIGTERM: %s", figures);
        assertThat(figures.sorted()).allMatch(millis -> millis <= 2_000);
    }

    /** From the end of a holder to the first task that another replica has settled. */
    private Figures takeovers(End end) throws Exception {
        EstateSpec spec = EstateSpec.galleryOnly().withHostingAccounts(1, 1000, 0);
        List<Long> millis = new ArrayList<>();
        try (AzureSimulator azure = AzureSimulator.start(Estate.generate(spec, SUBJECT));
                Replicas replicas = new Replicas(3, Database.fresh(), azure, folder, Map.of())) {
            azure.settings().pageSize(500);
            for (int i = 0; i < TIMES; i++) {
                keepBusy(replicas);
                BrokerProcess holder = replicas.busyHolder(LANE);
                Instant gone = Instant.now();
                end.of(holder);
                long took = untilAnotherSettles(replicas, holder, gone);
                Figures.tell("takeover %d: %d ms", i + 1, took);
                millis.add(took);
                if (holder.alive()) {
                    holder.terminate();
                }
                replicas.revive();
            }
        }
        return Figures.of(millis);
    }

    /** Several thousand reads are always left, at 50 a second. */
    private static void keepBusy(Replicas replicas) throws InterruptedException {
        if (ready(replicas) < 1500) {
            replicas.submit(DataRequests.export(SUBJECT, List.of(HOSTING)));
            assertThat(Ledger.within(120, () -> ready(replicas) >= 1500)).isTrue();
        }
    }

    private static long ready(Replicas replicas) {
        return replicas.ledger().number("select count(*) from task where lane = ? and state = 'READY'", LANE);
    }

    private static long untilAnotherSettles(Replicas replicas, BrokerProcess gone, Instant at)
            throws InterruptedException {
        String query = """
                select coalesce(extract(epoch from min(at) - ?) * 1000, -1)::bigint from chaos_write
                where lane = ? and app <> ? and app = holder and ended and at > ?
                """;
        OffsetDateTime then = at.atOffset(ZoneOffset.UTC);
        assertThat(Ledger.within(60, () -> replicas.ledger().number(query, then, LANE, gone.name(), then) >= 0))
                .as("another replica goes on")
                .isTrue();
        return replicas.ledger().number(query, then, LANE, gone.name(), then);
    }
}
