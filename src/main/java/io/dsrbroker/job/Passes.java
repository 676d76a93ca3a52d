package io.dsrbroker.job;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lets a delete look for everything once more: from its targets on, and in whatever is found there. */
@Component
class Passes {

    private final JdbcClient jdbc;
    private final WorkQueue queue;

    Passes(JdbcClient jdbc, WorkQueue queue) {
        this.jdbc = jdbc;
        this.queue = queue;
    }

    /** Begins a pass in this phase. */
    void begin(Job job, Phase phase) {
        int pass = job.beginPass(phase);
        List<String> lanes = jdbc.sql("""
                        update task t
                        set state = case when t.waits_for is null then 'READY' else 'BLOCKED' end,
                            pass = :pass, step = 0, cursor = null, found = null, reason = null, detail = null,
                            next_step = null, finished_at = null, failing_since = null, next_attempt_at = null
                        from container c
                        where t.job_id = :job and t.kind = 'DISCOVER' and c.job_id = :job and c.id = t.container_id
                          and c.parent is null and c.type is null
                          and not (t.state = 'SKIPPED' and t.reason = 'NO_IDENTIFIER')
                        returning t.lane
                        """)
                .param("job", job.id().value())
                .param("pass", pass)
                .query(Rows.TEXT)
                .list();
        queue.notifyLanes(lanes);
    }

    /** Whether anything of the current pass is still being looked for. */
    boolean discovering(Job job) {
        return exists(
                "select 1 from task where job_id = :job and kind = 'DISCOVER' and finished_at is null limit 1", job);
    }

    /** Whether anything is still being exported. */
    boolean exporting(Job job) {
        return exists(
                "select 1 from task where job_id = :job and kind = 'EXPORT' and finished_at is null limit 1", job);
    }

    private boolean exists(String query, Job job) {
        return jdbc.sql(query)
                .param("job", job.id().value())
                .query((row, number) -> row.getInt(1))
                .optional()
                .isPresent();
    }
}
