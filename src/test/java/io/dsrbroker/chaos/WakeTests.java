package io.dsrbroker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.LoggedRequest;
import io.dsrbroker.simulator.Person;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.RestartablePostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An idle broker begins at once with what was just committed. */
@Tag("chaos")
class WakeTests {

    private static final Person SUBJECT = Person.named("Ada", "Lovelace");
    private static final int WARM_UP = 4;
    private static final int SAMPLES = 30;

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void firstCallIsMadeWithinFiftyMillisecondsOfTheCommit() throws Exception {
        Figures figures = wake(Map.of());
        Figures.tell("wake: commit to first call: %s", figures);
        assertThat(figures.median()).isLessThanOrEqualTo(50);
    }

    @Test
    void withoutQuotaLikewise() throws Exception {
        Figures figures = wake(Broker.boundlessQuota());
        Figures.tell("wake without quota: commit to first call: %s", figures);
        assertThat(figures.median()).isLessThanOrEqualTo(50);
    }

    private Figures wake(Map<String, String> settings) throws Exception {
        List<Long> micros = new ArrayList<>();
        Random random = new Random(7);
        try (RestartablePostgres postgres = new RestartablePostgres(folder);
                AzureSimulator azure = AzureSimulator.start(Estate.generate(EstateSpec.galleryOnly(), SUBJECT));
                Replicas replicas = new Replicas(1, postgres.database(), azure, folder, settings)) {
            for (int i = 0; i < WARM_UP + SAMPLES; i++) {
                Thread.sleep(1500 + random.nextInt(1000));
                azure.clearLog();
                String id = replicas.submit(DataRequests.export(SUBJECT, List.of(Place.gallery())));
                replicas.until(id, stage -> stage.equals("COMPLETED"));
                if (i >= WARM_UP) {
                    micros.add(Duration.between(committed(replicas, id), firstCall(azure))
                                    .toNanos()
                            / 1000);
                }
            }
        }
        return Figures.of(micros.stream().map(each -> each / 1000).toList());
    }

    /** When the transaction that kept the request was committed, as PostgreSQL has it. */
    private static Instant committed(Replicas replicas, String id) {
        long micros = replicas.ledger().number("""
                select (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000000)::bigint
                from stage_change where job_id = ?::uuid and seq = 1
                """, id);
        return Instant.EPOCH.plusNanos(micros * 1000);
    }

    private static Instant firstCall(AzureSimulator azure) {
        return azure.log().stream()
                .filter(request -> request.upstream().equals("gallery-catalog"))
                .map(LoggedRequest::at)
                .min(Instant::compareTo)
                .orElseThrow();
    }
}
