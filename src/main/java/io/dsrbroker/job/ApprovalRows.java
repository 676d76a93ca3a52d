package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The approvals of a job; at most one of them is valid. */
@Component
class ApprovalRows {

    private static final TypeReference<List<Approvals.Exclusion>> EXCLUSIONS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final PlanTasks tasks;
    private final Clock clock;

    ApprovalRows(JdbcClient jdbc, JsonMapper json, PlanTasks tasks, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** Keeps an approval, and leaves out what it leaves out. */
    void keep(JobId job, Approvals.Approval approval, Caller caller) {
        jdbc.sql("""
                insert into approval (job_id, seq, plan_hash, sub, client, comment, excluded, at)
                select :job, coalesce(max(seq), 0) + 1, :hash, :sub, :client, :comment, cast(:excluded as jsonb), :now
                from approval where job_id = :job
                """)
                .param("job", job.value())
                .param("hash", approval.planHash())
                .param("sub", caller.sub())
                .param("client", caller.client())
                .param("comment", approval.comment())
                .param("excluded", json.writeValueAsString(approval.exclude()))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        exclude(job);
    }

    /** Leaves out again what the valid approval leaves out. */
    void exclude(JobId job) {
        jdbc.sql("select excluded from approval where job_id = :job and void_since is null")
                .param("job", job.value())
                .query(Rows.TEXT)
                .optional()
                .ifPresent(excluded -> tasks.exclude(job, json.readValue(excluded, EXCLUSIONS), json));
    }

    /** Whether the current plan is approved. */
    boolean valid(JobId job) {
        return jdbc.sql("""
                        select exists (select from approval a join plan p on p.job_id = a.job_id and p.hash = a.plan_hash
                                       where a.job_id = :job and a.void_since is null)
                        """)
                .param("job", job.value())
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    /** The approval allows nothing more. */
    void invalidate(JobId job) {
        jdbc.sql("update approval set void_since = :now where job_id = :job and void_since is null")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("job", job.value())
                .update();
    }
}
