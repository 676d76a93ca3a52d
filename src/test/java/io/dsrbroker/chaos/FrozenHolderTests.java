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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that was frozen until another had taken its lane writes nothing more of it when it wakes up. */
@Tag("chaos")
class FrozenHolderTests {

    private static final Person SUBJECT = Person.named("Ada", "Lovelace");
    private static final Place HOSTING = Place.hostingAccount(Estate.SUBSCRIPTION, Estate.GROUP, "models1");
    private static final String LANE = "model-management:eastus2:" + Estate.SUBSCRIPTION;
    private static final int TIMES = Integer.getInteger("dsr.chaos.freezes", 5);

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void frozenReaderWritesNothingLate() throws Exception {
        EstateSpec spec = EstateSpec.galleryOnly().withHostingAccounts(1, 2500, 0);
        try (AzureSimulator azure = AzureSimulator.start(Estate.generate(spec, SUBJECT));
                Replicas replicas = new Replicas(2, Database.fresh(), azure, folder, Map.of())) {
            azure.settings().pageSize(500);
            replicas.submit(DataRequests.export(SUBJECT, List.of(HOSTING)));
            freezeAndThaw(replicas, "reader");
        }
    }

    @Test
    void frozenDeleterWritesNothingLate() throws Exception {
        EstateSpec spec = EstateSpec.galleryOnly().withHostingAccounts(1, 500, 0);
        try (AzureSimulator azure = AzureSimulator.start(Estate.generate(spec, SUBJECT));
                Replicas replicas = new Replicas(2, Database.fresh(), azure, folder, Map.of())) {
            azure.settings().pageSize(500);
            String id = replicas.submit(DataRequests.delete(SUBJECT, List.of(HOSTING)));
            replicas.until(id, stage -> stage.equals("AWAITING_APPROVAL"));
            assertThat(replicas.approve(id)).isEqualTo(200);
            assertThat(Ledger.within(
                            120,
                            () -> replicas.ledger()
                                            .number(
                                                    "select count(*) from task where kind = 'DELETE' and state = 'VERIFYING'")
                                    > 0))
                    .as("deletes are sent")
                    .isTrue();
            freezeAndThaw(replicas, "deleter");
        }
    }

    private static void freezeAndThaw(Replicas replicas, String who) throws Exception {
        Ledger ledger = replicas.ledger();
        long stuck = 0;
        for (int i = 0; i < TIMES; i++) {
            BrokerProcess holder = replicas.busyHolder(LANE);
            long before = ledger.epoch(LANE);
            long frozenAt = System.nanoTime();
            holder.freeze();
            try {
                boolean taken = Ledger.within(60, () -> ledger.epoch(LANE) > before && settledByOthers(ledger, holder));
                long seconds = (System.nanoTime() - frozenAt) / 1_000_000_000;
                Figures.tell(
                        "%s %s frozen: epoch %d to %d, another went on: %s, after %d s",
                        who, holder.name(), before, ledger.epoch(LANE), taken, seconds);
                stuck += taken ? 0 : 1;
            } finally {
                holder.thaw();
            }
            // Time enough for everything that it still holds.
            Thread.sleep(4000);
        }
        List<Ledger.Row> late = ledger.lateWrites(LANE);
        Figures.tell(
                "%s: %d times frozen, %d takings, %d rows written late, %d takeovers did not come",
                who, TIMES, ledger.number("select count(*) from chaos_take where lane = ?", LANE), late.size(), stuck);
        assertThat(late).isEmpty();
        assertThat(ledger.endedTwice()).isEmpty();
        assertThat(stuck).as("takeovers that did not come").isZero();
    }

    private static boolean settledByOthers(Ledger ledger, BrokerProcess frozen) {
        return ledger.number("""
                select count(*) from chaos_write w
                where lane = ? and app <> ? and was in ('READY', 'RUNNING')
                  and at > (select max(at) from chaos_take t where t.lane = w.lane and t.app = w.app)
                """, LANE, frozen.name()) > 0;
    }
}
