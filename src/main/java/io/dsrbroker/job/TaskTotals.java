package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What a job's tasks add up to, place by place. */
@Service
public class TaskTotals {

    private final JdbcClient jdbc;

    TaskTotals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How many tasks are in one state.
     *
     * @param target the target's name
     * @param list whether they are DISCOVER tasks: lists that are read
     */
    public record Total(String target, String type, boolean list, TaskState state, long tasks) {}

    /** All totals of a job, by target and type. */
    public List<Total> of(JobId job) {
        return jdbc.sql("""
                        select j.name as target_name, t.type, t.kind = 'DISCOVER' as list, t.state, count(*) as tasks
                        from every_task t
                        join job_target j on j.job_id = t.job_id and j.ordinal = t.target
                        where t.job_id = :job
                        group by j.ordinal, j.name, t.type, t.kind = 'DISCOVER', t.state
                        order by j.ordinal, t.type, t.state
                        """)
                .param("job", job.value())
                .query((row, number) -> new Total(
                        Objects.requireNonNull(row.getString("target_name")),
                        Objects.requireNonNull(row.getString("type")),
                        row.getBoolean("list"),
                        TaskState.valueOf(row.getString("state")),
                        row.getLong("tasks")))
                .list();
    }
}
