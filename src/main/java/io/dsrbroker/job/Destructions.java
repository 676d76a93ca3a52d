package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Lets a DELETE be sent, or not: its intent is committed first, under the same lock that cancels, holds and approves take. */
@Component
public class Destructions {

    /** The step of a DELETE task that is sent. */
    public static final int SEND = 0;

    /** The step of a DELETE task that is looked at first: nobody knows what became of an earlier try. */
    public static final int LOOK = 1;

    /** The step of a DELETE task that was not there when it was to be deleted. */
    public static final int WAS_ABSENT = 2;

    /** The step of a DELETE task that the upstream works on. */
    public static final int AWAIT = 3;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Destructions(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * What a job's row and its approval say, read together.
     *
     * @param approvedHash of the valid approval; null where there is none
     * @param planHash of the current plan
     */
    record Permit(
            boolean ended,
            boolean onHold,
            @Nullable Phase phase,
            @Nullable String approvedHash,
            @Nullable String planHash) {

        /** Whether something may be destroyed for it now. */
        boolean allows() {
            return !ended
                    && !onHold
                    && phase == Phase.DELETING
                    && approvedHash != null
                    && approvedHash.equals(planHash);
        }
    }

    /** Commits the intent of a DELETE with the caller's transaction; answers whether it may be sent. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean begin(JobId job, UUID task, Evidence intent) {
        boolean allowed = jdbc.sql("""
                        select j.finished_at is not null as ended, j.on_hold, j.phase,
                               (select a.plan_hash from approval a
                                where a.job_id = j.id and a.void_since is null) as approved_hash,
                               (select p.hash from plan p where p.job_id = j.id) as plan_hash
                        from job j where j.id = :job for update
                        """)
                .param("job", job.value())
                .query((row, number) -> {
                    String phase = row.getString("phase");
                    return new Permit(
                            row.getBoolean("ended"),
                            row.getBoolean("on_hold"),
                            phase == null ? null : Phase.valueOf(phase),
                            row.getString("approved_hash"),
                            row.getString("plan_hash"));
                })
                .optional()
                .map(Permit::allows)
                .orElse(false);
        if (!allowed) {
            return false;
        }
        int begun = jdbc.sql("""
                        update task set state = 'RUNNING', attempts = attempts + 1,
                                        evidence = evidence || cast(:intent as jsonb)
                        where job_id = :job and id = :task and kind = 'DELETE' and state = 'READY'
                          and exists (select from plan_item p join plan l on l.job_id = p.job_id
                                      where p.job_id = :job and p.task_id = :task and p.action = 'DELETE'
                                        and p.pass >= l.pass and p.born <= l.pass)
                        """)
                .param("job", job.value())
                .param("task", task)
                .param("intent", "[" + json.writeValueAsString(intent) + "]")
                .update();
        if (begun == 0) {
            return false;
        }
        jdbc.sql("update job set destructive_at = now() where id = :job and destructive_at is null")
                .param("job", job.value())
                .update();
        return true;
    }

    /** What a holder of a lane that is gone had begun is looked at first. Answers how many. */
    public int recover(String lane) {
        return jdbc.sql("update task set state = 'READY', step = :look where lane = :lane and state = 'RUNNING'")
                .param("look", LOOK)
                .param("lane", lane)
                .update();
    }
}
