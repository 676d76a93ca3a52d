package io.dsrbroker.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dsrbroker.shared.JobId;
import io.dsrbroker.support.Database;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

class LaneClaimsTests {

    private static final Database DATABASE = Database.fresh();
    private static final DriverManagerDataSource DATA_SOURCE = DATABASE.migrated();
    private static final JdbcClient JDBC = JdbcClient.create(DATA_SOURCE);
    private static final TransactionTemplate TRANSACTION =
            new TransactionTemplate(new DataSourceTransactionManager(DATA_SOURCE));
    private static final String LANE = "arm:1";

    private final JobId job = new JobId(UUID.randomUUID());
    private final UUID task = UUID.randomUUID();

    @BeforeAll
    static void tables() {
        JDBC.sql("insert into lane (name, upstream) values (:lane, 'arm')")
                .param("lane", LANE)
                .update();
    }

    @BeforeEach
    void readyTask() {
        JDBC.sql("""
                insert into task (job_id, id, target, container_id, kind, type, state, lane)
                values (:job, :task, 0, :task, 'EXPORT', 'run', 'READY', :lane)
                """)
                .param("job", job.value())
                .param("task", task)
                .param("lane", LANE)
                .update();
    }

    /** A replica of its own notes the task and dies; the next one takes over. */
    private void death(boolean alone) {
        long epoch = epoch();
        replica().note(LANE, epoch, Map.of(task, job), alone);
        takeOver(replica());
    }

    private static LaneClaims replica() {
        return new LaneClaims(JDBC, new LaneRows(JDBC));
    }

    private static LaneClaims.TakenOver takeOver(LaneClaims replica) {
        long epoch = epoch();
        return TRANSACTION.execute(status -> replica.takeOver(LANE, epoch));
    }

    private static long epoch() {
        return JDBC.sql("update lane set epoch = epoch + 1 where name = :lane returning epoch")
                .param("lane", LANE)
                .query(Long.class)
                .single();
    }

    private int crashes() {
        return JDBC.sql("select crashes from task where id = :task")
                .param("task", task)
                .query(Integer.class)
                .single();
    }

    private String state() {
        return JDBC.sql("select state || coalesce(' ' || reason, '') from task where id = :task")
                .param("task", task)
                .query(String.class)
                .single();
    }

    @Test
    void deathsInCompanyMakeASuspectAndNoMore() {
        for (int i = 0; i < 10; i++) {
            death(false);
        }
        assertThat(crashes()).isEqualTo(LaneClaims.SUSPECT);
        assertThat(state()).isEqualTo("READY");
    }

    @Test
    void suspectThatKillsThreeMoreReplicasAloneWaitsForAPerson() {
        death(false);
        death(false);
        death(true);
        death(true);
        assertThat(state()).isEqualTo("READY");
        death(true);
        assertThat(state()).isEqualTo("NEEDS_ACTION QUARANTINED");
    }

    @Test
    void deletionInFlightIsLookedAtAfterItsQuarantine() {
        JDBC.sql("update task set state = 'RUNNING', kind = 'DELETE', crashes = 4 where id = :task")
                .param("task", task)
                .update();
        death(true);
        assertThat(state()).isEqualTo("NEEDS_ACTION QUARANTINED");
        assertThat(JDBC.sql("select step from task where id = :task")
                        .param("task", task)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void takeoverFromTheDeadIsTold() {
        replica().note(LANE, epoch(), Map.of(task, job), true);
        assertThat(takeOver(replica())).isEqualTo(new LaneClaims.TakenOver(true, 0));
        assertThat(takeOver(replica())).isEqualTo(new LaneClaims.TakenOver(false, 0));
        JDBC.sql("update task set crashes = 4 where id = :task")
                .param("task", task)
                .update();
        replica().note(LANE, epoch(), Map.of(task, job), true);
        assertThat(takeOver(replica())).isEqualTo(new LaneClaims.TakenOver(true, 1));
    }

    @Test
    void laneThatWasGivenBackAccusesNobody() {
        long epoch = epoch();
        LaneClaims claims = replica();
        claims.note(LANE, epoch, Map.of(task, job), false);
        claims.clear(LANE, epoch);
        assertThat(takeOver(replica()).died()).isFalse();
        assertThat(crashes()).isZero();
    }

    @Test
    void whatAReplicaLeftBehindItselfAccusesNobody() {
        LaneClaims claims = replica();
        claims.note(LANE, epoch(), Map.of(task, job), false);
        assertThat(takeOver(claims).died()).isFalse();
        assertThat(crashes()).isZero();
    }

    @Test
    void replicaThatHasLostTheLaneNotesNothing() {
        long epoch = epoch();
        epoch();
        replica().note(LANE, epoch, Map.of(task, job), false);
        takeOver(replica());
        assertThat(crashes()).isZero();
    }

    @Test
    void whoHasLostTheLaneTakesNothingOver() {
        long epoch = epoch();
        replica().note(LANE, epoch, Map.of(task, job), false);
        long newer = epoch();
        assertThatExceptionOfType(LaneRows.LaneLost.class)
                .isThrownBy(() ->
                        TRANSACTION.executeWithoutResult(status -> replica().takeOver(LANE, newer - 1)));
        assertThat(crashes()).isZero();
    }

    @Test
    void taskThatHasEndedMeanwhileIsNotCounted() {
        JDBC.sql("update task set state = 'EXPORTED', finished_at = now() where id = :task")
                .param("task", task)
                .update();
        death(false);
        assertThat(crashes()).isZero();
    }
}
