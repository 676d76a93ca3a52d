package io.dsrbroker.job;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lets a delete look for everything once more: from its targets on, and in whatever is found there. */
@Component
class Passes {

    private final JdbcClient jdbc;
    private final WorkQueue queue;
    private final ErasureRules rules;

    Passes(JdbcClient jdbc, WorkQueue queue, ErasureRules rules) {
        this.jdbc = jdbc;
        this.queue = queue;
        this.rules = rules;
    }

    /** Begins a pass in this phase. */
    void begin(Job job, Phase phase) {
        int pass = job.beginPass(phase);
        boolean spent = keepWhatNeedsSecrets(job, pass);
        List<String> lanes = jdbc.sql("""
                        update task t
                        set state = case when t.waits_for is null then 'READY' else 'BLOCKED' end,
                            pass = :pass, step = 0, cursor = null, found = null, reason = null, detail = null,
                            next_step = null, finished_at = null, failing_since = null, next_attempt_at = null
                        from container c
                        where t.job_id = :job and t.kind = 'DISCOVER' and c.job_id = :job and c.id = t.container_id
                          and c.parent is null and c.type is null
                          and not (t.state = 'SKIPPED' and t.reason = 'NO_IDENTIFIER')
                          and not (:spent and t.pass = :pass)
                        returning t.lane
                        """)
                .param("job", job.id().value())
                .param("pass", pass)
                .param("spent", spent)
                .query(Rows.TEXT)
                .list();
        queue.notifyLanes(lanes);
    }

    /**
     * What was read with a secret that is destroyed now cannot be read again like that: its lists count as read in this
     * pass, too, and what they had shown as still there, unless it is known to be gone.
     */
    private boolean keepWhatNeedsSecrets(Job job, int pass) {
        if (!job.secretsGone()) {
            return false;
        }
        int lists = jdbc.sql("""
                        update task set pass = :pass
                        where job_id = :job and kind = 'DISCOVER' and state in ('DISCOVERED', 'ABSENT', 'INCOMPLETE')
                          and type = any(:types)
                        """)
                .param("job", job.id().value())
                .param("pass", pass)
                .param("types", rules.typesWithSecrets())
                .update();
        jdbc.sql("""
                update plan_item p set pass = :pass
                from task t join task l on l.job_id = t.job_id and l.id = t.found_by and l.pass = :pass
                where p.job_id = :job and p.pass = :pass - 1 and t.job_id = p.job_id and t.id = p.task_id
                  and t.type = any(:types) and t.state not in ('DELETED', 'ABSENT', 'COVERED', 'CONFIRMED')
                """)
                .param("job", job.id().value())
                .param("pass", pass)
                .param("types", rules.typesWithSecrets())
                .update();
        return lists > 0;
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
