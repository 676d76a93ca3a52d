package io.dsrbroker.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dsrbroker.shared.JobId;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.RestartablePostgres;
import io.dsrbroker.vault.GivenVault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows that are updated again and again are updated in place (HOT): no new index entries, and nothing for a vacuum to do.
 * The server is this test's own, for a transaction in any database keeps a page from being cleared meanwhile.
 */
class TableHealthTests {

    private static final RestartablePostgres POSTGRES = new RestartablePostgres(folder());
    private static final Database DATABASE = POSTGRES.database();
    private static final SingleConnectionDataSource DATA_SOURCE = connection();
    private static final JdbcClient JDBC = JdbcClient.create(DATA_SOURCE);
    private static final TransactionTemplate TRANSACTION =
            new TransactionTemplate(new DataSourceTransactionManager(DATA_SOURCE));
    private static final String LANE = "experiments:1";
    private static final int LISTS = 400;

    private final UUID job = UUID.randomUUID();

    private static Path folder() {
        try {
            return Files.createTempDirectory("dsr-table-health");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SingleConnectionDataSource connection() {
        try {
            DATABASE.migrated();
            return new SingleConnectionDataSource(DATABASE.connect(), true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void stop() {
        DATA_SOURCE.destroy();
        POSTGRES.close();
    }

    @BeforeEach
    void empty() {
        JDBC.sql("truncate task, job, scheduled_tasks cascade").update();
    }

    /** Sets how full new pages get, in a table without rows. */
    private static void fill(String table, int percent) {
        JDBC.sql("alter table " + table + " set (fillfactor = " + percent + ", autovacuum_enabled = false)")
                .update();
    }

    /** What share of the updates that the load makes is done in place. */
    private static double inPlace(String table, Runnable load) {
        long[] before = updates(table);
        load.run();
        long[] after = updates(table);
        assertThat(after[0] - before[0]).isPositive();
        return (double) (after[1] - before[1]) / (after[0] - before[0]);
    }

    private static long[] updates(String table) {
        try (Connection connection = DATA_SOURCE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_stat_force_next_flush()");
            // The next statement's transaction finds what that flushed.
            try (ResultSet row = statement.executeQuery(
                    "select n_tup_upd, n_tup_hot_upd from pg_stat_user_tables where relname = '" + table + "'")) {
                row.next();
                return new long[] {row.getLong(1), row.getLong(2)};
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> options(String table) {
        return JDBC.sql("select unnest(reloptions) from pg_class where oid = cast(:table as regclass)")
                .param("table", table)
                .query((row, number) -> row.getString(1))
                .list();
    }

    private static int fillFactor(String table) {
        return options(table).stream()
                .filter(option -> option.startsWith("fillfactor="))
                .map(option -> Integer.valueOf(option.substring("fillfactor=".length())))
                .findFirst()
                .orElse(100);
    }

    @Test
    void hotTablesAreSetUpForWhatIsDoneToThem() {
        Database fresh = Database.fresh();
        JdbcClient jdbc = JdbcClient.create(fresh.migrated());
        List<String> options =
                jdbc.sql("""
                        select relname || ' ' || unnest(reloptions) from pg_class
                        where relnamespace = 'public'::regnamespace and relkind = 'r'
                        """).query((row, number) -> row.getString(1)).list();
        assertThat(options)
                .contains(
                        "task fillfactor=85",
                        "task autovacuum_vacuum_scale_factor=0.02",
                        "task autovacuum_analyze_scale_factor=0.05",
                        "task autovacuum_vacuum_cost_limit=1000",
                        "plan_item autovacuum_vacuum_scale_factor=0.02",
                        "job fillfactor=70",
                        "job autovacuum_vacuum_scale_factor=0.05",
                        "callback fillfactor=85");
        for (String table : List.of("scheduled_tasks", "lane", "lane_activity", "lane_claim")) {
            assertThat(options)
                    .contains(
                            table + " fillfactor=50",
                            table + " autovacuum_vacuum_scale_factor=0",
                            table + " autovacuum_vacuum_threshold=500");
        }
    }

    /** Lists that are read on, among what they gave birth to. */
    private void lists() {
        JDBC.sql("""
                insert into task (job_id, id, target, container_id, kind, type, key, key_mark, state, owner, lane)
                select :job, gen_random_uuid(), 0, :job, case when n % 20 = 0 then 'DISCOVER' else 'EXPORT' end, 'run',
                       decode(md5(n::text), 'hex'), md5(n::text), 'READY', 'SUBJECT', :lane
                from generate_series(1, 20 * :lists) as n
                """)
                .param("job", job)
                .param("lane", LANE)
                .param("lists", LISTS)
                .update();
    }

    /** Every list is read one page further, and settled as a lane settles it. */
    private void turnPages() {
        settle("DISCOVER", TaskState.READY, 1);
    }

    private void settle(String kind, TaskState state, int atOnce) {
        JsonMapper json = new JsonMapper();
        Names names = new Names(GivenVault.on(JDBC));
        Tasks tasks = new Tasks(
                JDBC, json, new WorkQueue(JDBC), names, new ClaimedTasks(json, names, new PlaceNames(names, json)));
        List<UUID> ids = JDBC.sql("select id from task where job_id = :job and kind = :kind order by id")
                .param("job", job)
                .param("kind", kind)
                .query(Rows.ID)
                .list();
        for (int from = 0; from < ids.size(); from += atOnce) {
            List<TaskChange> changes = ids.subList(from, Math.min(from + atOnce, ids.size())).stream()
                    .map(id -> change(id, state))
                    .toList();
            TRANSACTION.executeWithoutResult(status -> tasks.settle(LANE, changes));
        }
    }

    private TaskChange change(UUID id, TaskState state) {
        Evidence answer = new Evidence(32, "GET", 200, null, null, Instant.EPOCH, "0".repeat(64), 2048L);
        return new TaskChange(
                new JobId(job),
                id,
                state,
                null,
                null,
                null,
                0,
                state.terminal() ? null : "AAAA".repeat(20),
                null,
                null,
                1,
                false,
                false,
                null,
                null,
                List.of(answer));
    }

    @Test
    @Tag("long")
    void pagesOfListsAreSettledInPlaceThanksToTheFillFactor() {
        int chosen = fillFactor("task");
        lists();
        double spacious = inPlace("task", this::turnPages);
        empty();
        fill("task", 100);
        lists();
        double full = inPlace("task", this::turnPages);
        fill("task", chosen);
        assertThat(spacious).isGreaterThan(0.85);
        assertThat(full).isLessThan(spacious - 0.2);
    }

    private void jobs() {
        JDBC.sql("""
                insert into job (id, type, export_first, regulation, stage, received_at, created_at, due_at,
                                 created_by_sub, catalogue_hash, subject, secrets, version)
                select gen_random_uuid(), 'EXPORT', false, 'GDPR', 'RECEIVED', now(), now(), now(), 'ann', md5(n::text),
                       decode(repeat(md5(n::text), 8), 'hex'), decode(repeat(md5(n::text), 4), 'hex'), 0
                from generate_series(1, 300) as n
                """).update();
    }

    private static void nextStage() {
        for (UUID id : JDBC.sql("select id from job").query(Rows.ID).list()) {
            JDBC.sql("update job set stage = 'IN_PROGRESS', version = version + 1 where id = :id")
                    .param("id", id)
                    .update();
        }
    }

    @Test
    void stagesAreEnteredInPlaceThanksToTheFillFactor() {
        int chosen = fillFactor("job");
        jobs();
        double spacious = inPlace("job", TableHealthTests::nextStage);
        empty();
        fill("job", 100);
        jobs();
        double full = inPlace("job", TableHealthTests::nextStage);
        fill("job", chosen);
        // On a full page the first of its rows that changes has to go elsewhere; that makes room for the others.
        assertThat(spacious).isGreaterThan(0.99);
        assertThat(full).isLessThan(0.97);
    }

    private static void heldLanes() {
        JDBC.sql("""
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, version)
                select 'lane', n::text, now(), true, 'me', now(), 1 from generate_series(1, 200) as n
                """).update();
    }

    /** As db-scheduler writes them. */
    private static void heartbeats() {
        for (int round = 0; round < 5; round++) {
            for (int lane = 1; lane <= 200; lane++) {
                JDBC.sql("""
                        update scheduled_tasks set last_heartbeat = clock_timestamp()
                        where task_name = 'lane' and task_instance = :lane and version = 1
                        """).param("lane", Integer.toString(lane)).update();
            }
        }
    }

    @Test
    void heartbeatsAreWrittenInPlaceSinceNoIndexHasTheirTime() {
        heldLanes();
        assertThat(inPlace("scheduled_tasks", TableHealthTests::heartbeats)).isGreaterThan(0.95);
        empty();
        JDBC.sql("create index with_heartbeat on scheduled_tasks (last_heartbeat)")
                .update();
        try {
            heldLanes();
            assertThat(inPlace("scheduled_tasks", TableHealthTests::heartbeats)).isCloseTo(0, within(0.01));
        } finally {
            JDBC.sql("drop index with_heartbeat").update();
        }
    }

    /** What must not be wished for: the state stands in the conditions of the indexes that claims need. */
    @Test
    void endOfATaskIsNotWrittenInPlace() {
        lists();
        assertThat(inPlace(
                        "task",
                        () -> JDBC.sql("update task set state = 'DISCOVERED', finished_at = now()")
                                .update()))
                .isZero();
    }

    /** 200 000 resources of 400 lists of 20 pages: every page is settled, then every resource. */
    private void exportJob() {
        lists();
        JDBC.sql("""
                insert into task (job_id, id, target, container_id, kind, type, key, key_mark, state, owner, lane, found_by)
                select :job, gen_random_uuid(), 0, :job, 'EXPORT', 'run', decode(md5(n::text), 'hex'), md5(n::text),
                       'READY', 'SUBJECT', :lane, :job
                from generate_series(1, 200000) as n
                """).param("job", job).param("lane", LANE).update();
    }

    private static String percent(double share) {
        return "%.1f %%".formatted(100 * share);
    }

    private String shares() {
        exportJob();
        double pages = inPlace("task", () -> {
            for (int page = 0; page < 20; page++) {
                settle("DISCOVER", TaskState.READY, 20);
            }
        });
        double ends = inPlace("task", () -> settle("EXPORT", TaskState.EXPORTED, 100));
        jobs();
        double stages = inPlace("job", TableHealthTests::nextStage);
        heldLanes();
        double heartbeats = inPlace("scheduled_tasks", TableHealthTests::heartbeats);
        return "pages of lists %s, ends of tasks %s, stages of jobs %s, heartbeats %s"
                .formatted(percent(pages), percent(ends), percent(stages), percent(heartbeats));
    }

    /** Figures of docs/adr/0026-table-health.md. */
    @Test
    @Tag("long")
    void figuresOfTwoHundredThousandTasks() {
        List<Integer> chosen = List.of(fillFactor("task"), fillFactor("job"), fillFactor("scheduled_tasks"));
        System.out.println("In place with the settings: " + shares());
        empty();
        fill("task", 100);
        fill("job", 100);
        fill("scheduled_tasks", 100);
        JDBC.sql("create index with_heartbeat on scheduled_tasks (last_heartbeat)")
                .update();
        try {
            System.out.println("In place without them: " + shares());
        } finally {
            JDBC.sql("drop index with_heartbeat").update();
            fill("task", chosen.get(0));
            fill("job", chosen.get(1));
            fill("scheduled_tasks", chosen.get(2));
        }
    }
}
