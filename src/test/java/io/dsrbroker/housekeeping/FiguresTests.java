package io.dsrbroker.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.support.Database;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The figures of a database that holds many tasks, and how they are read. */
class FiguresTests {

    private static final int JOBS = 20;
    private static final int TASKS = 20_000 / JOBS;
    private static final DriverManagerDataSource OWNER = Database.fresh().migrated();
    private static final JdbcClient JDBC = JdbcClient.create(OWNER);
    private static final Readings READINGS = new Readings(JDBC, new JdbcTransactionManager(OWNER));

    private static final List<FigureQuery> QUERIES = List.of(
            new JobFigures(),
            new ExceptionFigures(),
            new TaskFigures(),
            new LaneFigures(),
            new AuditFigures(),
            new TableFigures());

    static List<FigureQuery> queries() {
        return QUERIES;
    }

    /** Ten jobs ended, one of them long ago; ten are open, the first of these on hold and the second a proposed delete. */
    @BeforeAll
    static void fill() {
        JDBC.sql("""
                insert into lane (name, upstream, held_since) values
                    ('arm:1', 'arm', null), ('experiments:e:1', 'experiments', now()), ('gallery-catalog', 'gallery-catalog', null),
                    ('content:a', 'content', null), ('content:b', 'content', null)
                """).update();
        JDBC.sql("""
                insert into job (id, type, export_first, regulation, stage, on_hold, received_at, created_at, due_at,
                                 finished_at, created_by_sub, catalogue_hash, subject, version, phase)
                select cast(lpad(n::text, 32, '0') as uuid), case n when 12 then 'DELETE' else 'EXPORT' end, false, 'GDPR',
                       case when n <= 10 then 'COMPLETED' when n = 12 then 'AWAITING_APPROVAL' else 'IN_PROGRESS' end,
                       n = 11, now(), now(), now() + make_interval(days => (n - 12) * 3),
                       case when n = 1 then now() - interval '31 days' when n <= 10 then now() - interval '1 hour' end,
                       'somebody', 'hash', '', 0, case n when 12 then 'PROPOSED' end
                from generate_series(1, :jobs) as n
                """).param("jobs", JOBS).update();
        JDBC.sql("""
                insert into task (job_id, id, target, container_id, kind, type, state, reason, lane, created_at, finished_at)
                select j.id, cast(lpad(t::text, 32, '0') as uuid), 0, j.id,
                       case when j.phase = 'PROPOSED' then 'DELETE' else 'EXPORT' end, 'run', s.state,
                       case s.state when 'NEEDS_ACTION' then 'OWNER_UNKNOWN' end, l.lane,
                       now() - make_interval(hours => 1, secs => t), j.finished_at
                from job j cross join generate_series(1, :tasks) as t
                cross join lateral (select (array['arm:1', 'experiments:e:1', 'content:a', 'content:b', 'nowhere'])[t % 5 + 1] as lane) l
                cross join lateral (
                    select case when j.finished_at is null
                        then (array['READY', 'READY', 'READY', 'READY', 'BLOCKED', 'BLOCKED', 'RETRY_WAIT', 'EXPORTED',
                                    'EXPORTED', 'NEEDS_ACTION'])[(t / 5) % 10 + 1]
                        when t % 20 = 0 then 'INCOMPLETE' else 'EXPORTED' end as state) s
                """).param("tasks", TASKS).update();
        // Whatever still looks at the table (its own vacuum) keeps pages from being known as visible to all.
        Awaitility.await().until(() -> {
            JDBC.sql("vacuum analyze").update();
            return JDBC.sql("select relallvisible >= relpages from pg_class where relname = 'task'")
                    .query(Boolean.class)
                    .single();
        });
    }

    private static Map<Tags, Double> values(FigureQuery query, String gauge) {
        return READINGS.of(query).figures().stream()
                .filter(figure -> figure.gauge().equals(gauge))
                .collect(Collectors.toMap(Figure::tags, Figure::value));
    }

    @Test
    void jobsAreCountedByStageAndByTheTimeLeft() {
        assertThat(values(new JobFigures(), "dsr.jobs"))
                .hasSize(8)
                .containsEntry(Tags.of("type", "EXPORT", "stage", "IN_PROGRESS"), 9.0)
                .containsEntry(Tags.of("type", "DELETE", "stage", "AWAITING_APPROVAL"), 1.0)
                .containsEntry(Tags.of("type", "EXPORT", "stage", "RECEIVED"), 0.0);
        assertThat(values(new JobFigures(), "dsr.jobs.held")).isEqualTo(Map.of(Tags.empty(), 1.0));
        assertThat(values(new JobFigures(), "dsr.jobs.due"))
                .isEqualTo(Map.of(
                        Tags.of("bucket", "overdue"), 2.0,
                        Tags.of("bucket", "1d"), 0.0,
                        Tags.of("bucket", "3d"), 1.0,
                        Tags.of("bucket", "7d"), 1.0,
                        Tags.of("bucket", "14d"), 2.0,
                        Tags.of("bucket", "later"), 4.0));
        assertThat(values(new JobFigures(), "dsr.callbacks"))
                .isEqualTo(Map.of(Tags.of("state", "pending"), 0.0, Tags.of("state", "failed"), 0.0));
    }

    @Test
    void exceptionsOfLongAgoDoNotCount() {
        assertThat(values(new ExceptionFigures(), "dsr.jobs.exceptions"))
                .hasSize(5)
                .containsEntry(Tags.of("state", "INCOMPLETE"), 9.0 * (TASKS / 20))
                .containsEntry(Tags.of("state", "FAILED"), 0.0);
    }

    @Test
    void tasksAreCountedByUpstreamAndState() {
        Map<Tags, Double> tasks = values(new TaskFigures(), "dsr.tasks");
        double each = 10.0 * TASKS / 5 / 10;
        assertThat(tasks)
                .containsEntry(Tags.of("upstream", "arm", "state", "READY"), 4 * each)
                .containsEntry(Tags.of("upstream", "content", "state", "READY"), 8 * each)
                .containsEntry(Tags.of("upstream", "content", "state", "BLOCKED"), 4 * each)
                .containsEntry(Tags.of("upstream", "none", "state", "RETRY_WAIT"), each)
                .containsEntry(Tags.of("upstream", "gallery-catalog", "state", "RUNNING"), 0.0)
                .doesNotContainKey(Tags.of("upstream", "arm", "state", "EXPORTED"));
        assertThat(values(new TaskFigures(), "dsr.lane.ready"))
                .isEqualTo(Map.of(
                        Tags.of("lane", "arm:1", "upstream", "arm"), 4 * each,
                        Tags.of("lane", "experiments:e:1", "upstream", "experiments"), 4 * each,
                        Tags.of("lane", "gallery-catalog", "upstream", "gallery-catalog"), 0.0,
                        Tags.of("lane", "content", "upstream", "content"), 8 * each));
        assertThat(values(new TaskFigures(), "dsr.tasks.needs.action"))
                .isEqualTo(Map.of(Tags.of("reason", "OWNER_UNKNOWN"), 5 * each));
    }

    @Test
    void backlogIsWhatCouldBeWorkedOn() {
        Map<Tags, Double> ages = values(new TaskFigures(), "dsr.backlog.age");
        assertThat(ages)
                .containsEntry(Tags.of("upstream", "experiments"), 0.0)
                .containsEntry(Tags.of("upstream", "gallery-catalog"), 0.0);
        double oldest = ages.getOrDefault(Tags.of("upstream", "arm"), -1.0);
        assertThat(oldest).isBetween(3600.0 + TASKS / 2.0, 3600.0 + TASKS + 600);
        JDBC.sql("update job set on_hold = true where finished_at is null and type = 'EXPORT'")
                .update();
        try {
            // What is left is the delete, whose plan nobody has approved yet.
            assertThat(values(new TaskFigures(), "dsr.backlog.age")).containsEntry(Tags.of("upstream", "arm"), 0.0);
            JDBC.sql("update job set phase = 'DELETING' where type = 'DELETE'").update();
            assertThat(values(new TaskFigures(), "dsr.backlog.age").get(Tags.of("upstream", "arm")))
                    .isGreaterThanOrEqualTo(oldest);
        } finally {
            JDBC.sql("update job set phase = 'PROPOSED' where type = 'DELETE'").update();
            JDBC.sql("update job set on_hold = id = cast(lpad('11', 32, '0') as uuid)")
                    .update();
        }
    }

    @Test
    void lanesOfContentAreOne() {
        JDBC.sql(
                        "update lane set paused_until = now() + interval '1 hour', pause_reason = 'BROKEN' where name = 'content:b'")
                .update();
        Map<Tags, Double> states = values(new LaneFigures(), "dsr.lane.state");
        assertThat(states)
                .hasSize(20)
                .containsEntry(Tags.of("lane", "content", "upstream", "content", "state", "idle"), 1.0)
                .containsEntry(Tags.of("lane", "content", "upstream", "content", "state", "broken"), 1.0)
                .containsEntry(Tags.of("lane", "experiments:e:1", "upstream", "experiments", "state", "paused"), 1.0)
                .containsEntry(Tags.of("lane", "arm:1", "upstream", "arm", "state", "paused"), 0.0);
        assertThat(values(new LaneFigures(), "dsr.lane.paused").get(Tags.of("lane", "content", "upstream", "content")))
                .isBetween(3500.0, 3600.0);
    }

    @Test
    void trailIsAsOldAsItsNewestCheckpoint() {
        assertThat(values(new AuditFigures(), "dsr.audit.checkpoint.age")).isEqualTo(Map.of(Tags.empty(), 0.0));
        JDBC.sql("""
                insert into audit_entry (job_id, seq, at, sub, action, detail, previous_hash, hash)
                values ('00000000-0000-0000-0000-000000000000', 1, now() - interval '2 hours', 'system', 'x', '{}', '', '')
                """).update();
        JDBC.sql("insert into audit_pending values ('00000000-0000-0000-0000-000000000000', 1)")
                .update();
        assertThat(values(new AuditFigures(), "dsr.audit.checkpoint.age").get(Tags.empty()))
                .isBetween(7200.0, 7300.0);
        String claims = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"at\": \"" + java.time.Instant.now().minusSeconds(60) + "\"}")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        JDBC.sql("insert into audit_checkpoint values (1, 'k', ?)")
                .param("head." + claims + ".signature")
                .update();
        assertThat(values(new AuditFigures(), "dsr.audit.checkpoint.age").get(Tags.empty()))
                .isBetween(60.0, 120.0);
    }

    /** Rows that have ended are most of them, and must not be read. */
    @ParameterizedTest
    @MethodSource("queries")
    void tableOfTasksIsNotReadThrough(FigureQuery query) {
        List<String> plan = JDBC.sql("explain " + query.sql())
                .query((row, number) -> row.getString(1))
                .list();
        assertThat(plan).noneMatch(line -> line.contains("Seq Scan on task"));
        assertThat(READINGS.of(query).figures())
                .isNotEmpty()
                .allSatisfy(figure -> assertThat(query.gauges()).contains(figure.gauge()));
    }
}
