package io.dsrbroker.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dsrbroker.shared.JobId;
import io.dsrbroker.support.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** Tasks of jobs that ended long ago leave the table that lanes work through, and none gets lost or doubled. */
class ArchiveTests {

    private static final String LANE = "experiments:1";
    private static final Duration AFTER = Duration.ofDays(30);
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final DriverManagerDataSource DATA_SOURCE = Database.fresh().migrated();
    private static final JdbcClient JDBC = JdbcClient.create(DATA_SOURCE);
    private static final TransactionTemplate TRANSACTION =
            new TransactionTemplate(new DataSourceTransactionManager(DATA_SOURCE));

    private final Archive archive = new Archive(JDBC, CLOCK);

    @BeforeEach
    void empty() {
        JDBC.sql("truncate task, task_archive, job cascade").update();
    }

    /** A job that ended so many days ago, or has not. */
    private static JobId job(int tasks, int endedDaysAgo) {
        UUID id = UUID.randomUUID();
        boolean ended = endedDaysAgo >= 0;
        JDBC.sql("""
                insert into job (id, type, export_first, regulation, stage, received_at, created_at, due_at, finished_at,
                                 created_by_sub, catalogue_hash, subject, version)
                values (:id, 'EXPORT', false, 'GDPR', :stage, now(), now(), now(), cast(:finished as timestamptz), 'ann',
                        '0', '', 0)
                """)
                .param("id", id)
                .param("stage", ended ? "COMPLETED_WITH_EXCEPTIONS" : "IN_PROGRESS")
                .param(
                        "finished",
                        ended ? NOW.minus(Duration.ofDays(endedDaysAgo)).toString() : null)
                .update();
        JDBC.sql("""
                insert into task (job_id, id, target, container_id, kind, type, key, key_mark, state, reason, detail,
                                  next_step, owner, lane, found_by, cursor, finished_at, found, evidence)
                select :id, gen_random_uuid(), 0, :id, 'EXPORT', 'run', '\\x0102', md5(n::text),
                       case when :ended then 'EXPORTED' else 'READY' end, null, 'Détail ' || n, 'Next', 'SUBJECT', :lane,
                       :id, '\\x03', case when :ended then now() end, '{"subject": 1}',
                       jsonb_build_array(jsonb_build_object('row', n, 'at', now()))
                from generate_series(1, :tasks) as n
                """)
                .param("id", id)
                .param("ended", ended)
                .param("lane", LANE)
                .param("tasks", tasks)
                .update();
        return new JobId(id);
    }

    private static int move(Archive by, JobId job) {
        return TRANSACTION.execute(status -> by.move(job, AFTER));
    }

    private int moveAll(JobId job) {
        int all = 0;
        int moved;
        do {
            moved = move(archive, job);
            all += moved;
        } while (Archive.leftSome(moved));
        return all;
    }

    private static long number(String sql, JobId job) {
        return JDBC.sql(sql).param("job", job.value()).query(Long.class).single();
    }

    private static long hot(JobId job) {
        return number("select count(*) from task where job_id = :job", job);
    }

    private static long archived(JobId job) {
        return number("select count(*) from task_archive where job_id = :job", job);
    }

    private static boolean done(JobId job) {
        return JDBC.sql("select archived_at is not null from job where id = :job")
                .param("job", job.value())
                .query(Boolean.class)
                .single();
    }

    /** Every byte of every task of a job, as readers see it. */
    private static String everything(JobId job) {
        return JDBC.sql("select md5(string_agg(md5(t::text), '' order by id)) from every_task t where job_id = :job")
                .param("job", job.value())
                .query(String.class)
                .single();
    }

    @Test
    void endedTasksAreMovedInBatchesAndReadTheSameAllTheWhile() {
        JobId job = job(2 * Archive.BATCH + 500, 31);
        String before = everything(job);
        List<Integer> moves = new ArrayList<>();
        do {
            moves.add(move(archive, job));
            assertThat(everything(job)).isEqualTo(before);
        } while (Archive.leftSome(moves.getLast()));
        assertThat(moves).containsExactly(Archive.BATCH, Archive.BATCH, 500);
        assertThat(hot(job)).isZero();
        assertThat(archived(job)).isEqualTo(2500);
        assertThat(done(job)).isTrue();
        assertThat(archive.due(AFTER, Set.of(), 10)).isEmpty();
    }

    @Test
    void whatIsOpenOrEndedLatelyStays() {
        JobId open = job(10, -1);
        JobId lately = job(10, 29);
        assertThat(archive.due(AFTER, Set.of(), 10)).isEmpty();
        assertThat(moveAll(open) + moveAll(lately)).isZero();
        assertThat(hot(open)).isEqualTo(10);
        assertThat(hot(lately)).isEqualTo(10);
    }

    @Test
    void oldestIsDueFirstAndNoJobTwice() {
        JobId second = job(1, 40);
        JobId first = job(1, 50);
        assertThat(archive.due(AFTER, Set.of(), 1)).containsExactly(first);
        assertThat(archive.due(AFTER, Set.of(first), 10)).containsExactly(second);
    }

    @Test
    void moveThatFailsMovesNothing() {
        JobId job = job(100, 31);
        String before = everything(job);
        assertThatThrownBy(() -> TRANSACTION.executeWithoutResult(status -> {
                    assertThat(archive.move(job, AFTER)).isEqualTo(100);
                    throw new IllegalStateException("The replica dies");
                }))
                .hasMessage("The replica dies");
        assertThat(hot(job)).isEqualTo(100);
        assertThat(archived(job)).isZero();
        assertThat(done(job)).isFalse();
        assertThat(everything(job)).isEqualTo(before);
    }

    @Test
    void connectionThatIsKilledInTheMiddleLosesNothing() throws Exception {
        JobId job = job(Archive.BATCH + 1, 31);
        String before = everything(job);
        SingleConnectionDataSource dying = new SingleConnectionDataSource(DATA_SOURCE.getConnection(), true);
        JdbcClient its = JdbcClient.create(dying);
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(dying));
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    int session = its.sql("select pg_backend_pid()")
                            .query(Integer.class)
                            .single();
                    assertThat(new Archive(its, CLOCK).move(job, AFTER)).isEqualTo(Archive.BATCH);
                    assertThat(JDBC.sql("select pg_terminate_backend(:session, 10000)")
                                    .param("session", session)
                                    .query(Boolean.class)
                                    .single())
                            .isTrue();
                }))
                .isInstanceOf(RuntimeException.class)
                .isNotInstanceOf(AssertionError.class);
        assertThat(hot(job)).isEqualTo(Archive.BATCH + 1L);
        assertThat(archived(job)).isZero();
        assertThat(moveAll(job)).isEqualTo(Archive.BATCH + 1);
        assertThat(everything(job)).isEqualTo(before);
    }

    @Test
    void anotherReplicaGoesOnWhereOneDied() {
        JobId job = job(Archive.BATCH + 1, 31);
        String before = everything(job);
        move(archive, job);
        assertThat(done(job)).isFalse();
        assertThat(archive.due(AFTER, Set.of(), 10)).containsExactly(job);
        assertThat(move(new Archive(JDBC, CLOCK), job)).isEqualTo(1);
        assertThat(done(job)).isTrue();
        assertThat(everything(job)).isEqualTo(before);
    }

    @Test
    void twoReplicasAtOnceMoveEveryTaskOnce() throws Exception {
        List<JobId> jobs = IntStream.range(0, 6)
                .mapToObj(n -> job(Archive.BATCH + 300, 31 + n))
                .toList();
        List<String> before = jobs.stream().map(ArchiveTests::everything).toList();
        List<Future<Integer>> replicas = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int replica = 0; replica < 2; replica++) {
                replicas.add(threads.submit(() -> {
                    Archive mine = new Archive(JDBC, CLOCK);
                    int all = 0;
                    for (int round = 0; round < 500; round++) {
                        List<JobId> due = mine.due(AFTER, Set.of(), 10);
                        if (due.isEmpty()) {
                            break;
                        }
                        for (JobId job : due) {
                            all += move(mine, job);
                        }
                    }
                    return all;
                }));
            }
        }
        int moved = 0;
        for (Future<Integer> replica : replicas) {
            moved += replica.get();
        }
        assertThat(moved).isEqualTo(6 * (Archive.BATCH + 300));
        assertThat(jobs).allMatch(ArchiveTests::done);
        assertThat(jobs.stream().map(ArchiveTests::everything)).containsExactlyElementsOf(before);
    }

    @Test
    void jobThatSomebodyHoldsIsPassedOver() {
        JobId held = job(5, 32);
        JobId other = job(5, 31);
        TRANSACTION.executeWithoutResult(status -> {
            JDBC.sql("select id from job where id = :job for update")
                    .param("job", held.value())
                    .query(UUID.class)
                    .single();
            try (ExecutorService elsewhere = Executors.newSingleThreadExecutor()) {
                Future<Integer> moves = elsewhere.submit(() -> 10 * move(archive, held) + move(archive, other));
                assertThat(moves.get(10, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo(5);
            } catch (Exception e) {
                throw new AssertionError("It waited for the job's row", e);
            }
        });
        assertThat(hot(held)).isEqualTo(5);
        assertThat(archived(other)).isEqualTo(5);
    }

    @Test
    void laneIsNotHeldUpWhileABatchIsBeingMoved() {
        JobId old = job(Archive.BATCH, 31);
        JobId open = job(10, -1);
        TRANSACTION.executeWithoutResult(status -> {
            archive.move(old, AFTER);
            try (ExecutorService elsewhere = Executors.newSingleThreadExecutor()) {
                Future<Integer> settled = elsewhere.submit(() -> TRANSACTION.execute(other -> {
                    JDBC.sql("set local lock_timeout = '5s'").update();
                    return JDBC.sql("""
                                    update task set state = 'EXPORTED', finished_at = now()
                                    where (job_id, id) in (select job_id, id from task
                                                           where lane = :lane and state = 'READY' and job_id = :job
                                                           for update)
                                    """)
                            .param("lane", LANE)
                            .param("job", open.value())
                            .update();
                }));
                assertThat(settled.get(10, java.util.concurrent.TimeUnit.SECONDS))
                        .isEqualTo(10);
            } catch (Exception e) {
                throw new AssertionError("It waited for the archive", e);
            }
        });
    }

    @Test
    void everythingComesBackAsItWas() {
        JobId job = job(Archive.BATCH + 10, 31);
        String before = everything(job);
        moveAll(job);
        TRANSACTION.executeWithoutResult(status -> archive.bringBack(job));
        assertThat(hot(job)).isEqualTo(Archive.BATCH + 10L);
        assertThat(archived(job)).isZero();
        assertThat(done(job)).isFalse();
        assertThat(everything(job)).isEqualTo(before);
    }

    @Test
    void whatWasMovedInPartComesBackToo() {
        JobId job = job(Archive.BATCH + 10, 31);
        String before = everything(job);
        move(archive, job);
        TRANSACTION.executeWithoutResult(status -> archive.bringBack(job));
        assertThat(hot(job)).isEqualTo(Archive.BATCH + 10L);
        assertThat(everything(job)).isEqualTo(before);
    }

    /** Rows are moved by "select *", so a migration that adds a column to one must add it to both, and make the view anew. */
    @Test
    void archiveAndViewHaveTheColumnsOfTheTaskTable() {
        assertThat(columns("task")).hasSizeGreaterThan(20);
        assertThat(columns("task_archive")).containsExactlyElementsOf(columns("task"));
        assertThat(columns("every_task"))
                .containsExactlyElementsOf(columns("task").stream()
                        .map(column -> column.replace(" not null", ""))
                        .toList());
    }

    private static List<String> columns(String table) {
        return JDBC.sql("""
                        select attname || ' ' || format_type(atttypid, atttypmod) || case when attnotnull then ' not null' else '' end
                        from pg_attribute where attrelid = cast(:table as regclass) and attnum > 0 and not attisdropped
                        order by attnum
                        """)
                .param("table", table)
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** A page of a long list must not read the whole list. */
    @Test
    void pageOfAnArchivedJobIsReadFromTheIndex() {
        JobId job = job(20_000, 31);
        moveAll(job);
        JDBC.sql("vacuum analyze task, task_archive").update();
        String plan = String.join(
                "\n",
                JDBC.sql("""
                        explain select * from every_task
                        where job_id = :job and id > '00000000-0000-0000-0000-000000000000' and kind = any('{EXPORT}')
                        order by id limit 50
                        """)
                        .param("job", job.value())
                        .query((row, number) -> row.getString(1))
                        .list());
        assertThat(plan)
                .contains("Merge Append", "task_archive_pkey")
                .doesNotContain("Seq Scan on task_archive", "Sort  ");
    }

    /** Figures of docs/adr/0026-table-health.md. */
    @Test
    @Tag("long")
    void batchOfALargeJobHoldsItsLocksForAMoment() throws Exception {
        int tasks = 200_000;
        // As from a pool, already open.
        SingleConnectionDataSource open = new SingleConnectionDataSource(DATA_SOURCE.getConnection(), true);
        Archive pooled = new Archive(JdbcClient.create(open), CLOCK);
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(open));
        JobId job = job(tasks, 36);
        String before = everything(job);
        List<Long> millis = new ArrayList<>();
        int moved;
        do {
            long began = System.nanoTime();
            moved = transaction.execute(status -> pooled.move(job, AFTER));
            millis.add((System.nanoTime() - began) / 1_000_000);
        } while (Archive.leftSome(moved));
        long all = millis.stream().mapToLong(Long::longValue).sum();
        millis.sort(null);
        assertThat(everything(job)).isEqualTo(before);
        long began = System.nanoTime();
        transaction.executeWithoutResult(status -> pooled.bringBack(job));
        long back = (System.nanoTime() - began) / 1_000_000;
        open.destroy();
        assertThat(everything(job)).isEqualTo(before);
        System.out.printf(
                "Archived %d tasks in %d batches, %d ms; a batch: median %d ms, 95%% %d ms, longest %d ms; back in %d ms%n",
                tasks,
                millis.size(),
                all,
                millis.get(millis.size() / 2),
                millis.get(millis.size() * 95 / 100),
                millis.getLast(),
                back);
        assertThat(millis.get(millis.size() * 95 / 100)).isLessThan(1000);
    }
}
