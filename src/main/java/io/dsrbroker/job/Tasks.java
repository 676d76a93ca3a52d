package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The task table's hot path: claiming, settling, giving birth. Every write is one statement for a whole batch. */
@Component
public class Tasks {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final WorkQueue queue;
    private final Names names;
    private final ClaimedTasks claims;

    Tasks(JdbcClient jdbc, JsonMapper json, WorkQueue queue, Names names, ClaimedTasks claims) {
        this.jdbc = jdbc;
        this.json = json;
        this.queue = queue;
        this.names = names;
        this.claims = claims;
    }

    /**
     * READY tasks of a lane, the nearest deadline first and a fair share of every job.
     *
     * @param after for each job the id behind which to go on; a job that is not named starts at its first
     * @param limit how many at most
     * @param deletesToo whether DELETE tasks are wanted too
     * @param but of none of these jobs
     */
    public List<ClaimedTask> ready(String lane, Map<UUID, UUID> after, int limit, boolean deletesToo, Set<JobId> but) {
        ArrayNode cursors = json.createArrayNode();
        after.forEach(
                (job, task) -> cursors.addObject().put("job", job.toString()).put("task", task.toString()));
        return claims.read(jdbc.sql("""
                        with recursive waiting_job as (
                            (select job_id from task where lane = :lane and state = 'READY' order by job_id limit 1)
                            union all
                            select (select t.job_id from task t
                                    where t.lane = :lane and t.state = 'READY' and t.job_id > w.job_id
                                    order by t.job_id limit 1)
                            from waiting_job w where w.job_id is not null
                        ), served_job as (
                            select j.id, j.due_at, j.phase, j.pass as job_pass, c.task as after,
                                   greatest(:limit / greatest(count(*) over (), 1), 1) as share
                            from waiting_job w
                            join job j on j.id = w.job_id and not j.on_hold and j.finished_at is null
                                 and j.id <> all(:but)
                            left join jsonb_to_recordset(cast(:cursors as jsonb)) as c(job uuid, task uuid)
                                   on c.job = j.id
                        )
                        select t.*, encode(t.cursor, 'base64') as cursor_text, c.owner as place_owner, c.decision,
                               c.place, c.remover, s.phase, s.job_pass, null::timestamptz as read_at
                        from served_job s
                        cross join lateral (
                            select * from task t
                            where t.lane = :lane and t.state = 'READY' and t.job_id = s.id
                              and t.id > coalesce(s.after, '00000000-0000-0000-0000-000000000000')
                              and (t.kind <> 'DELETE' or (s.phase = 'DELETING' and :deletesToo))
                            order by t.id limit s.share
                        ) t
                        join container c on c.job_id = t.job_id and c.id = t.container_id
                        order by s.due_at, t.job_id, t.id
                        limit :limit
                        """)
                .param("lane", lane)
                .param("cursors", cursors.toString())
                .param("deletesToo", deletesToo)
                .param("but", ids(but))
                .param("limit", limit));
    }

    /** Tasks of a lane, but of none of these jobs, that the upstream works on, and of which it is to be asked now how far they are. */
    public List<ClaimedTask> awaited(String lane, int limit, Set<JobId> but) {
        return claims.read(
                jdbc.sql("""
                        select t.*, encode(t.cursor, 'base64') as cursor_text, c.owner as place_owner, c.decision,
                               c.place, c.remover, j.phase, j.pass as job_pass, null::timestamptz as read_at
                        from task t
                        join job j on j.id = t.job_id and not j.on_hold and j.finished_at is null
                        join container c on c.job_id = t.job_id and c.id = t.container_id
                        where t.lane = :lane and t.state = 'AWAITING_UPSTREAM' and t.next_attempt_at <= now()
                          and t.job_id <> all(:but)
                        order by t.next_attempt_at limit :limit
                        """).param("lane", lane).param("but", ids(but)).param("limit", limit));
    }

    /** Makes tasks whose waiting time is over READY again. Answers how many. */
    public int wakeRetries(String lane) {
        return jdbc.sql("""
                        update task set state = 'READY', next_attempt_at = null
                        where lane = :lane and state = 'RETRY_WAIT' and next_attempt_at <= now()
                        """).param("lane", lane).update();
    }

    /** Keeps new tasks and wakes their lanes; a task that is there already stays as it is. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(JobId job, Collection<NewTask> tasks, Map<UUID, Evidence> evidence) {
        if (tasks.isEmpty()) {
            return;
        }
        ArrayNode rows = json.createArrayNode();
        for (NewTask task : tasks) {
            ObjectNode row = rows.addObject();
            row.put("id", task.id().toString());
            row.put("target", task.target());
            row.put("container_id", task.containerId().toString());
            row.put("kind", task.kind().name());
            row.put("type", task.type());
            String key = task.key();
            if (key != null) {
                row.put("key", names.base64(job, Names.ofTask(task.id()), key));
                row.put("key_mark", names.mark(job, key));
            }
            row.put("state", task.state().name());
            row.put("reason", name(task.reason()));
            row.put("detail", task.detail());
            row.put("next_step", task.nextStep());
            row.put("owner", name(task.owner()));
            row.put("owner_container", text(task.ownerContainer()));
            row.put("lane", task.lane());
            row.put("waits_for", text(task.waitsFor()));
            row.put("pass", task.pass());
            row.put("found_by", text(task.foundBy()));
            row.put("covered_by", text(task.coveredBy()));
            row.put("ended", task.state().terminal());
            Evidence seen = evidence.get(task.id());
            ArrayNode proofs = row.putArray("evidence");
            if (seen != null) {
                proofs.add(json.<ObjectNode>valueToTree(seen));
            }
        }
        jdbc.sql("""
                insert into task (job_id, id, target, container_id, kind, type, key, key_mark, state, reason, detail,
                                  next_step, owner, owner_container, lane, waits_for, finished_at, evidence, pass,
                                  found_by, covered_by)
                select :job, id, target, container_id, kind, type, decode(key, 'base64'), key_mark,
                       case when state = 'BLOCKED' and exists (
                                select from task w
                                where w.job_id = :job and w.id = r.waits_for and w.finished_at is not null
                                  and w.pass = r.pass)
                            then 'READY' else state end,
                       reason, detail, next_step, owner, owner_container, lane, waits_for,
                       case when ended then now() end, evidence, pass, found_by, covered_by
                from jsonb_to_recordset(cast(:rows as jsonb)) as r(
                    id uuid, target smallint, container_id uuid, kind text, type text, key text, key_mark text,
                    state text, reason text, detail text, next_step text, owner text, owner_container uuid, lane text,
                    waits_for uuid, ended boolean, evidence jsonb, pass integer, found_by uuid, covered_by uuid)
                on conflict (job_id, id) do update
                set state = excluded.state, reason = excluded.reason, detail = excluded.detail,
                    next_step = excluded.next_step, finished_at = excluded.finished_at, pass = excluded.pass,
                    step = 0, cursor = null, found = null, failing_since = null, next_attempt_at = null
                where (task.kind = 'DISCOVER' and task.pass < excluded.pass)
                   or (task.kind = 'EXPORT' and task.state = 'SKIPPED' and excluded.state <> 'SKIPPED')
                """).param("job", job.value()).param("rows", rows.toString()).update();
        queue.wake(tasks.stream()
                .filter(task -> !task.state().terminal())
                .collect(Collectors.toMap(NewTask::lane, NewTask::upstream, (one, other) -> one)));
    }

    /**
     * Writes what became of tasks of a lane, and frees those that waited for one that has ended. A task that has ended
     * or moved to another lane meanwhile stays as it is. Answers what has ended.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<EndedTasks> settle(String fromLane, Collection<TaskChange> changes) {
        ArrayNode rows = json.createArrayNode();
        Map<String, String> woken = new HashMap<>();
        for (TaskChange change : changes) {
            ObjectNode row = rows.addObject();
            row.put("job_id", change.job().toString());
            row.put("id", change.id().toString());
            row.put("state", change.state().name());
            row.put("ended", change.state().terminal());
            row.put("reason", name(change.reason()));
            row.put("detail", change.detail());
            row.put("next_step", change.nextStep());
            row.put("step", change.step());
            row.put("cursor", change.cursor());
            row.put("lane", change.lane());
            row.put("attempts", change.attempts());
            row.put("answers", change.answersIntent());
            row.put("failing", change.failing());
            if (change.retryAfter() != null) {
                row.put("wait_ms", change.retryAfter().toMillis());
            }
            if (change.found() != null) {
                row.set("found", json.<ObjectNode>valueToTree(change.found()));
            }
            row.set("evidence", json.valueToTree(change.evidence()));
            if (change.lane() != null && change.upstream() != null) {
                woken.put(change.lane(), change.upstream());
            }
        }
        List<EndedTasks> counts = jdbc.sql("""
                        with settled as (
                            update task t
                            set state = r.state, reason = r.reason, detail = r.detail, next_step = r.next_step,
                                step = r.step, cursor = decode(r.cursor, 'base64'), lane = coalesce(r.lane, t.lane),
                                attempts = t.attempts + r.attempts,
                                failing_since = case when r.failing then coalesce(t.failing_since, now())
                                                     when r.state in ('READY', 'AWAITING_UPSTREAM')
                                                          and t.kind <> 'DISCOVER'
                                                     then t.failing_since end,
                                next_attempt_at = now() + make_interval(secs => r.wait_ms / 1000.0),
                                finished_at = case when r.ended then now() end,
                                found = coalesce(r.found, t.found),
                                verifying_since = case when r.state = 'VERIFYING' then now()
                                                       else t.verifying_since end,
                                absent_reads = 0, crashes = 0,
                                evidence = case when r.answers then t.evidence - (-1) else t.evidence end || r.evidence
                            from jsonb_to_recordset(cast(:rows as jsonb)) as r(
                                job_id uuid, id uuid, state text, ended boolean, reason text, detail text,
                                next_step text, step smallint, cursor text, lane text, attempts integer,
                                failing boolean, wait_ms double precision, found jsonb, evidence jsonb,
                                answers boolean)
                            where t.job_id = r.job_id and t.id = r.id and t.lane = :lane
                              -- Not "is null": while a table is new PostgreSQL takes that for rare, and reads all open tasks.
                              and coalesce(t.finished_at, 'infinity') = 'infinity'
                            returning t.kind, t.state, t.finished_at
                        )
                        select (select upstream from lane where name = :lane) as upstream, kind, state, count(*)
                        from settled where finished_at is not null group by kind, state
                        """)
                .param("rows", rows.toString())
                .param("lane", fromLane)
                .query((row, number) -> EndedTasks.of(row))
                .list();
        Set<UUID> ended = changes.stream()
                .filter(change -> change.state().terminal())
                .map(TaskChange::id)
                .collect(Collectors.toSet());
        if (!ended.isEmpty()) {
            free(changes.stream().map(change -> change.job().value()).collect(Collectors.toSet()), ended);
        }
        queue.wake(woken);
        return counts;
    }

    /** Frees the tasks that waited for these. */
    void free(Set<UUID> jobs, Set<UUID> ended) {
        List<String> lanes = jdbc.sql("""
                        update task set state = 'READY'
                        where job_id = any(:jobs) and waits_for = any(:ended) and state = 'BLOCKED'
                        returning lane
                        """)
                .param("jobs", jobs.toArray(UUID[]::new))
                .param("ended", ended.toArray(UUID[]::new))
                .query(Rows.TEXT)
                .list();
        queue.notifyLanes(lanes);
    }

    static UUID[] ids(Set<JobId> jobs) {
        return jobs.stream().map(JobId::value).toArray(UUID[]::new);
    }

    static @Nullable Decision decision(@Nullable String name) {
        return name == null ? null : Decision.valueOf(name);
    }

    static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
