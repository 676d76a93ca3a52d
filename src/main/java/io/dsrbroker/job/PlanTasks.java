package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings the tasks of a delete in line with its plan, as long as they were not carried out. */
@Component
class PlanTasks {

    private final JdbcClient jdbc;
    private final WorkQueue queue;
    private final String states;

    PlanTasks(JdbcClient jdbc, WorkQueue queue, JsonMapper json) {
        this.jdbc = jdbc;
        this.queue = queue;
        this.states = states(json);
    }

    private static String states(JsonMapper json) {
        ArrayNode rows = json.createArrayNode();
        for (PlanAction action : PlanAction.values()) {
            row(rows, action, "", PlanState.of(action, null));
            for (Reason reason : Reason.values()) {
                row(rows, action, reason.name(), PlanState.of(action, reason));
            }
        }
        return rows.toString();
    }

    private static void row(ArrayNode rows, PlanAction action, String reason, PlanState state) {
        ObjectNode row = rows.addObject();
        row.put("action", action.name());
        row.put("reason", reason);
        row.put("state", state.state().name());
        row.put("ended", state.state().terminal());
        row.put("detail", state.detail());
        row.put("next_step", state.nextStep());
    }

    /** Every task of the newest pass stands as the plan says, unless it is being carried out; what was seen is not gone. */
    void align(Job job) {
        jdbc.sql("""
                update task t
                set state = s.state, reason = p.reason, detail = s.detail, next_step = s.next_step,
                    finished_at = case when s.ended then coalesce(t.finished_at, now()) end,
                    next_attempt_at = null, failing_since = null, covered_by = p.covered_by, owner = p.owner
                from plan_item p
                join jsonb_to_recordset(cast(:states as jsonb)) as s(
                    action text, reason text, state text, ended boolean, detail text, next_step text)
                  on s.action = p.action and s.reason = coalesce(p.reason, '')
                where p.job_id = :job and p.pass = :pass and t.job_id = :job and t.id = p.task_id
                  and (t.state in ('BLOCKED', 'READY', 'RETRY_WAIT', 'NEEDS_ACTION', 'SKIPPED', 'OUT_OF_SCOPE')
                       or t.state in ('DELETED', 'ABSENT', 'COVERED', 'CONFIRMED')
                       or (t.state in ('UNVERIFIED', 'VERIFYING') and t.attempts = 0))
                  and (t.state <> s.state or t.reason is distinct from p.reason
                       or t.covered_by is distinct from p.covered_by)
                """)
                .param("job", job.id().value())
                .param("pass", job.pass())
                .param("states", states)
                .update();
    }

    /**
     * What the newest pass no longer found is gone, if the list that once had it was read in this pass; else that list
     * is read for it. A list that was not there counts as read only where it lies in nothing else.
     */
    void bury(Job job) {
        List<String> lanes = jdbc.sql("""
                        update task t
                        set state = case when d.proven then 'ABSENT' else 'VERIFYING' end, step = :absent,
                            reason = null, detail = 'It was no longer there when the plan was checked.',
                            next_step = null, finished_at = case when d.proven then now() end,
                            verifying_since = now(), absent_reads = 0,
                            next_attempt_at = case when not d.proven then now() end
                        from plan_item p
                        join plan l on l.job_id = p.job_id
                        join task x on x.job_id = p.job_id and x.id = p.task_id
                        left join lateral (
                            select coalesce(bool_or(f.pass = :pass and (f.state = 'DISCOVERED'
                                            or f.state = 'ABSENT' and c.type is null)), false) as proven
                            from task f join container c on c.job_id = f.job_id and c.id = f.container_id
                            where f.job_id = p.job_id and f.id = x.found_by) d on true
                        where p.job_id = :job and p.pass >= l.pass and p.pass < :pass
                          and t.job_id = :job and t.id = p.task_id and t.attempts = 0
                          and t.state in ('BLOCKED', 'READY', 'SKIPPED', 'OUT_OF_SCOPE', 'NEEDS_ACTION')
                        returning t.lane
                        """)
                .param("absent", Destructions.WAS_ABSENT)
                .param("job", job.id().value())
                .param("pass", job.pass())
                .query(Rows.TEXT)
                .list();
        queue.notifyLanes(lanes);
    }

    /** Leaves out what the approver left out, the containers in which that lies, and what only these would take along. */
    void exclude(JobId job, List<Approvals.Exclusion> excluded, JsonMapper json) {
        if (excluded.isEmpty()) {
            return;
        }
        ArrayNode rows = json.createArrayNode();
        excluded.forEach(
                one -> rows.addObject().put("id", one.taskId().toString()).put("why", one.reason()));
        jdbc.sql("""
                update task t set state = 'SKIPPED', reason = 'EXCLUDED', detail = 'Excluded: ' || x.why,
                                  next_step = null, finished_at = now(), next_attempt_at = null
                from jsonb_to_recordset(cast(:rows as jsonb)) as x(id uuid, why text)
                where t.job_id = :job and t.id = x.id and t.state in ('BLOCKED', 'READY', 'RETRY_WAIT', 'NEEDS_ACTION')
                """).param("job", job.value()).param("rows", rows.toString()).update();
        jdbc.sql("""
                update task t set state = 'SKIPPED', reason = 'CHILD_KEPT', finished_at = now(),
                                  detail = 'Something inside it was left out, so it stays.', next_step = null
                where t.job_id = :job and t.state = 'BLOCKED'
                  and t.id in (select e.covered_by from task e
                               where e.job_id = :job and e.state = 'SKIPPED' and e.reason = 'EXCLUDED'
                                 and e.covered_by is not null)
                """).param("job", job.value()).update();
    }

    /** What was to be exported first and was not stays, and so does the container that would take it along. */
    void keepUnexported(JobId job) {
        List<UUID> kept = jdbc.sql("""
                        select distinct coalesce(d.covered_by, d.id)
                        from task e
                        join task d on d.job_id = e.job_id and d.container_id = e.container_id and d.type = e.type
                                   and d.key_mark = e.key_mark and d.kind = 'DELETE'
                        where e.job_id = :job and e.kind = 'EXPORT' and e.state not in ('EXPORTED', 'ABSENT')
                          and d.state = 'BLOCKED'
                        """).param("job", job.value()).query(Rows.ID).list();
        if (kept.isEmpty()) {
            return;
        }
        jdbc.sql("""
                update task set state = 'SKIPPED', reason = 'EXPORT_INCOMPLETE', finished_at = now(),
                                detail = 'It, or something inside it, could not be exported first.',
                                next_step = 'Look at the exports that failed, mend them and retry.'
                where job_id = :job and id = any(:kept) and state = 'BLOCKED'
                """)
                .param("job", job.value())
                .param("kept", kept.toArray(UUID[]::new))
                .update();
    }

    /** From now on a person can do what only a person can. */
    void askPeople(JobId job, String type, String instruction) {
        jdbc.sql("""
                update task set state = 'NEEDS_ACTION', reason = 'BY_HAND', next_step = :instruction,
                                detail = 'No call deletes this; a person must.'
                where job_id = :job and kind = 'MANUAL' and type = :type and state = 'BLOCKED'
                """)
                .param("job", job.value())
                .param("type", type)
                .param("instruction", instruction)
                .update();
    }
}
