package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which tasks another try can help, and where it puts them. */
@Component
class RetriedTasks {

    private static final String RETRIABLE = """
            ((t.state in ('INCOMPLETE', 'UNVERIFIED', 'SOURCE_RETIRED', 'FAILED', 'RETRY_WAIT')
             or (t.state = 'SKIPPED' and t.reason in ('CHILD_KEPT', 'EXPORT_INCOMPLETE', 'POISON'))
             or (t.state = 'NEEDS_ACTION' and t.reason in ('FORBIDDEN', 'LOCKED', 'QUARANTINED')))
             -- Without the secret that it once had a list would only show less.
             and not (t.state = 'INCOMPLETE' and t.reason in ('TOKEN_SUSPECT', 'COUNT_UNKNOWN')
                      and exists (select from job j where j.id = t.job_id and j.secrets_gone)))
            """;

    private final JdbcClient jdbc;
    private final WorkQueue queue;

    RetriedTasks(JdbcClient jdbc, WorkQueue queue) {
        this.jdbc = jdbc;
        this.queue = queue;
    }

    /** How many of which kind were put back. */
    record Reopened(long discoveries, long exports, long deletes) {

        long total() {
            return discoveries + exports + deletes;
        }

        boolean none() {
            return total() == 0;
        }
    }

    void requireRetriable(JobId job, UUID task) {
        TaskState state = jdbc.sql(
                        "select t.state from every_task t where t.job_id = :job and t.id = :task and not " + RETRIABLE)
                .param("job", job.value())
                .param("task", task)
                .query((row, number) -> TaskState.valueOf(row.getString("state")))
                .optional()
                .orElse(null);
        if (state != null) {
            throw new WrongState(state, "It has not ended badly, or trying again cannot help.");
        }
    }

    /** Whether another try can help the one, or any where there is none. */
    boolean retriable(JobId job, @Nullable UUID one) {
        return jdbc.sql("select exists (select from every_task t where t.job_id = :job and (:all or t.id = :one) and "
                        + RETRIABLE + ")")
                .param("job", job.value())
                .param("all", one == null)
                .param("one", one == null ? job.value() : one)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    /**
     * Puts tasks back: reads may be sent at once; deletions wait until the plan was checked, and with a resource what
     * stayed because of it.
     */
    Reopened reopen(JobId job, @Nullable UUID one, boolean delete) {
        long deletes = delete ? deletes(job, one) : 0;
        List<String> kinds = jdbc.sql("""
                        update task t
                        set state = 'READY', step = 0, cursor = null, reason = null, detail = null, next_step = null,
                            finished_at = null, failing_since = null, next_attempt_at = null, found = null, crashes = 0
                        where t.job_id = :job and t.kind in ('DISCOVER', 'EXPORT') and (:all or t.id = :one)
                          and\s""" + RETRIABLE + """
                        returning t.kind
                        """)
                .param("job", job.value())
                .param("all", one == null)
                .param("one", one == null ? job.value() : one)
                .query(Rows.TEXT)
                .list();
        queue.notifyLanes(Retries.lanes(jdbc, job));
        long discoveries = kinds.stream().filter("DISCOVER"::equals).count();
        return new Reopened(discoveries, kinds.size() - discoveries, deletes);
    }

    private long deletes(JobId job, @Nullable UUID one) {
        long direct = back(job, one);
        if (direct > 0) {
            // What stayed because of it gets its turn again.
            jdbc.sql("""
                    update task t
                    set state = 'BLOCKED', reason = null, detail = null, next_step = null, finished_at = null
                    where t.job_id = :job and t.kind = 'DELETE' and t.state = 'SKIPPED'
                      and (t.reason = 'CHILD_KEPT' or (t.reason = 'NO_OWN_DELETE' and t.covered_by is not null))
                    """).param("job", job.value()).update();
        }
        return direct;
    }

    private long back(JobId job, @Nullable UUID one) {
        return jdbc.sql("""
                update task t
                set state = 'BLOCKED', reason = null, detail = null, next_step = null, finished_at = null,
                    failing_since = null, next_attempt_at = null, absent_reads = 0, crashes = 0
                where t.job_id = :job and t.kind = 'DELETE' and (:all or t.id = :one)
                  and\s""" + RETRIABLE)
                .param("job", job.value())
                .param("all", one == null)
                .param("one", one == null ? job.value() : one)
                .update();
    }
}
