package io.dsrbroker.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.shared.JobId;
import io.dsrbroker.support.Database;
import io.dsrbroker.vault.GivenVault;
import io.dsrbroker.vault.Vault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

/** How the tasks of several jobs share a lane. */
class FairShareTests {

    private static final String LANE = "experiments:1";
    private static final int CHUNK = 512;
    private static final DriverManagerDataSource DATA_SOURCE = Database.fresh().migrated();
    private static final JdbcClient JDBC = JdbcClient.create(DATA_SOURCE);

    private final Vault vault = GivenVault.on(JDBC);
    private final Tasks tasks = tasks();

    private Tasks tasks() {
        Names names = new Names(vault);
        JsonMapper json = new JsonMapper();
        return new Tasks(
                JDBC, json, new WorkQueue(JDBC), names, new ClaimedTasks(json, names, new PlaceNames(names, json)));
    }

    @BeforeEach
    void empty() {
        JDBC.sql("truncate task, container, job cascade").update();
    }

    /** A job with so many READY tasks, due in so many days. */
    private UUID job(int ready, int dueInDays) {
        UUID id = UUID.randomUUID();
        JDBC.sql("""
                insert into job (id, type, export_first, regulation, stage, received_at, created_at, due_at,
                                 created_by_sub, catalogue_hash, subject, version)
                values (:id, 'EXPORT', false, 'GDPR', 'IN_PROGRESS', now(), now(), now() + make_interval(days => :days),
                        'ann', '0', '', 0)
                """).param("id", id).param("days", dueInDays).update();
        vault.begin(new JobId(id));
        byte[] place =
                vault.seal(new JobId(id), Names.ofContainer(id), "{\"variables\":{},\"path\":\"lab\"}".getBytes(UTF_8));
        JDBC.sql("""
                insert into container (job_id, id, target, owner, place, place_mark)
                values (:id, :id, 0, 'SUBJECT', :place, '')
                """).param("id", id).param("place", place).update();
        JDBC.sql("""
                insert into task (job_id, id, target, container_id, kind, type, state, lane)
                select :id, gen_random_uuid(), 0, :id, 'EXPORT', 'run', 'READY', :lane
                from generate_series(1, :ready) as n
                """).param("id", id).param("lane", LANE).param("ready", ready).update();
        return id;
    }

    private List<UUID> claimed(Map<UUID, UUID> behind) {
        List<ClaimedTask> claimed = tasks.ready(LANE, behind, CHUNK, true, Set.of());
        claimed.forEach(task -> behind.put(task.job().value(), task.id()));
        return claimed.stream().map(task -> task.job().value()).toList();
    }

    @Test
    void smallJobIsServedWithTheFirstChunkAlthoughALargeOneCameBefore() {
        UUID large = job(100_000, 30);
        UUID small = job(10, 30);
        List<UUID> served = claimed(new HashMap<>());
        assertThat(served.stream().filter(small::equals)).hasSize(10);
        assertThat(served.stream().filter(large::equals)).hasSize(CHUNK / 2);
    }

    @Test
    void nearerDueDateComesFirst() {
        UUID later = job(600, 30);
        UUID sooner = job(600, 3);
        List<UUID> served = claimed(new HashMap<>());
        assertThat(served.subList(0, CHUNK / 2)).containsOnly(sooner);
        assertThat(served.subList(CHUNK / 2, CHUNK)).containsOnly(later);
    }

    @Test
    void everyTaskOfEveryJobGetsItsTurn() {
        job(1500, 30);
        job(700, 10);
        job(3, 20);
        Map<UUID, UUID> behind = new HashMap<>();
        int served = 0;
        for (List<UUID> chunk = claimed(behind); !chunk.isEmpty(); chunk = claimed(behind)) {
            served += chunk.size();
        }
        assertThat(served).isEqualTo(2203);
    }

    @Test
    void heldJobIsNotServed() {
        UUID held = job(10, 3);
        UUID other = job(10, 30);
        JDBC.sql("update job set on_hold = true where id = :id")
                .param("id", held)
                .update();
        assertThat(claimed(new HashMap<>())).hasSize(10).containsOnly(other);
    }
}
