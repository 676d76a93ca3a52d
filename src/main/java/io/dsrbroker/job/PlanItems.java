package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The rows of plans: what discovery finds in each pass, and what has changed since the pass before. */
@Component
public class PlanItems {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Names names;

    PlanItems(JdbcClient jdbc, JsonMapper json, Names names) {
        this.jdbc = jdbc;
        this.json = json;
        this.names = names;
    }

    /** Keeps what a pass found; what it found before, or a person decided, stays. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(JobId job, int pass, Collection<PlanItem> items) {
        if (items.isEmpty()) {
            return;
        }
        ArrayNode rows = json.createArrayNode();
        for (PlanItem item : items) {
            ObjectNode row = rows.addObject();
            row.put("task_id", item.taskId().toString());
            row.put("target", item.target());
            row.put("container_id", item.containerId().toString());
            row.put("type", item.type());
            row.put("key", names.base64(job, Names.ofPlanItem(item.taskId()), item.key()));
            row.put("owner", item.owner().name());
            row.put("person", item.person());
            row.put("action", item.action().name());
            row.put("reason", Tasks.name(item.reason()));
            row.put("covered_by", Tasks.text(item.coveredBy()));
        }
        jdbc.sql("""
                insert into plan_item as p (job_id, task_id, target, container_id, type, key, owner, person, action,
                                            reason, covered_by, born, pass)
                select :job, task_id, target, container_id, type, decode(key, 'base64'), owner, person, action, reason,
                       covered_by, :pass, :pass
                from jsonb_to_recordset(cast(:rows as jsonb)) as r(
                    task_id uuid, target smallint, container_id uuid, type text, key text, owner text, person text,
                    action text, reason text, covered_by uuid)
                on conflict (job_id, task_id) do update
                set born = case when p.pass < (select l.pass from plan l where l.job_id = p.job_id)
                                then excluded.pass else p.born end,
                    pass = excluded.pass, container_id = excluded.container_id, owner = excluded.owner,
                    person = excluded.person, covered_by = excluded.covered_by,
                    action = case when excluded.reason = 'OWNER_UNKNOWN' and p.decision is not null
                                  then p.action else excluded.action end,
                    reason = case when excluded.reason = 'OWNER_UNKNOWN' and p.decision is not null
                                  then p.reason else excluded.reason end,
                    was = jsonb_build_object('owner', p.owner, 'person', p.person, 'action', p.action,
                                             'reason', p.reason, 'coveredBy', p.covered_by)
                where p.pass < excluded.pass
                """)
                .param("job", job.value())
                .param("pass", pass)
                .param("rows", rows.toString())
                .update();
    }

    /** Which of these jobs have not ended; they cannot end until the caller's transaction does. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Set<JobId> alive(Set<JobId> jobs) {
        return new HashSet<>(jdbc.sql("""
                        select id from job where id = any(:ids) and finished_at is null order by id for share
                        """)
                .param("ids", jobs.stream().map(JobId::value).toArray(UUID[]::new))
                .query((row, number) -> new JobId(row.getObject("id", UUID.class)))
                .list());
    }

    /** What people decided about these. */
    Map<UUID, Decision> decisions(JobId job, Set<UUID> tasks) {
        Map<UUID, Decision> decisions = new HashMap<>();
        if (tasks.isEmpty()) {
            return decisions;
        }
        jdbc.sql("""
                select task_id, decision from plan_item
                where job_id = :job and task_id = any(:tasks) and decision is not null
                """)
                .param("job", job.value())
                .param("tasks", tasks.toArray(UUID[]::new))
                .query(row -> {
                    decisions.put(row.getObject("task_id", UUID.class), Decision.valueOf(row.getString("decision")));
                });
        return decisions;
    }

    /**
     * Ends a pass: a container in which something stays, or that could not be looked through, stays too, with what only
     * it would take along; and what turned out as it was has not changed.
     */
    void conclude(JobId job, int pass) {
        jdbc.sql("""
                with recursive kept as (
                    select i.container_id as id from plan_item i
                    where i.job_id = :job and i.pass = :pass and i.action = 'SKIPPED'
                    union
                    select t.container_id from task t
                    where t.job_id = :job and t.kind = 'DISCOVER' and t.pass = :pass
                      and t.state in ('INCOMPLETE', 'UNVERIFIED', 'SOURCE_RETIRED', 'FAILED')
                    union
                    select c.parent from kept k join container c on c.job_id = :job and c.id = k.id
                    where c.parent is not null
                )
                update plan_item p set action = 'SKIPPED', reason = 'CHILD_KEPT'
                from kept k join container c on c.job_id = :job and c.id = k.id
                where p.job_id = :job and p.pass = :pass and p.action = 'DELETE'
                  and p.container_id = c.id and p.task_id = c.remover
                """).param("job", job.value()).param("pass", pass).update();
        jdbc.sql("""
                update plan_item p set action = 'SKIPPED', reason = 'NO_OWN_DELETE', covered_by = null
                from plan_item x
                where p.job_id = :job and p.pass = :pass and p.action = 'COVERED'
                  and x.job_id = :job and x.task_id = p.covered_by and x.action = 'SKIPPED'
                """).param("job", job.value()).param("pass", pass).update();
        jdbc.sql("""
                update plan_item p set was = null
                where job_id = :job and pass = :pass
                  and was = jsonb_build_object('owner', owner, 'person', person, 'action', action,
                                               'reason', reason, 'coveredBy', covered_by)
                """).param("job", job.value()).param("pass", pass).update();
    }
}
