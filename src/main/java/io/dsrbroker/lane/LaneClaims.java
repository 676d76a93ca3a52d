package io.dsrbroker.lane;

import io.dsrbroker.job.Destructions;
import io.dsrbroker.shared.JobId;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Written before work begins: what a replica works on. Where it dies meanwhile, the next one counts that for each of
 * these tasks; one that was there too often is worked on alone, and one that then still kills its replica no more.
 */
@Component
class LaneClaims {

    /** From so many deaths on a task is worked on alone. */
    static final int SUSPECT = 2;

    private static final int QUARANTINE = 5;
    private static final Logger log = LoggerFactory.getLogger(LaneClaims.class);

    /** Of this process: what it left behind itself, such as when its database was away, killed nobody. */
    private final String holder = UUID.randomUUID().toString();

    private final AtomicBoolean solo = new AtomicBoolean();
    private final JdbcClient jdbc;
    private final LaneRows rows;

    LaneClaims(JdbcClient jdbc, LaneRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** Answers whether a suspect may be worked on now: one at a time in a process, lest one be blamed for another. */
    boolean soloBegins() {
        return solo.compareAndSet(false, true);
    }

    void soloEnds() {
        solo.set(false);
    }

    /** Says that these tasks are being worked on, by their ids, and nothing else. */
    void note(String lane, long epoch, Map<UUID, JobId> tasks, boolean alone) {
        jdbc.sql("""
                insert into lane_claim (lane, holder, jobs, tasks, alone)
                select :lane, :holder, :jobs, :tasks, :alone
                where exists (select from lane where name = :lane and epoch = :epoch)
                on conflict (lane) do update
                set holder = excluded.holder, jobs = excluded.jobs, tasks = excluded.tasks, alone = excluded.alone
                """)
                .param("lane", lane)
                .param("epoch", epoch)
                .param("holder", holder)
                .param("jobs", tasks.values().stream().map(JobId::value).toArray(UUID[]::new))
                .param("tasks", tasks.keySet().toArray(UUID[]::new))
                .param("alone", alone)
                .update();
    }

    /** Says that nothing is being worked on. */
    void clear(String lane, long epoch) {
        jdbc.sql("""
                delete from lane_claim
                where lane = :lane and exists (select from lane where name = :lane and epoch = :epoch)
                """).param("lane", lane).param("epoch", epoch).update();
    }

    /** Forgets what this process noted itself: it failed, but did not die. */
    void forget(String lane) {
        jdbc.sql("delete from lane_claim where lane = :lane and holder = :holder")
                .param("lane", lane)
                .param("holder", holder)
                .update();
    }

    /**
     * What an earlier holder left behind.
     *
     * @param died whether it died while it worked
     * @param quarantined how many tasks are worked on no more because of it
     */
    record TakenOver(boolean died, long quarantined) {}

    /** Counts, as the new holder, what an earlier one worked on when it died. */
    @Transactional
    public TakenOver takeOver(String lane, long epoch) {
        rows.fence(lane, epoch);
        TakenOver over = jdbc.sql("""
                        with left_behind as (
                            delete from lane_claim where lane = :lane returning holder, jobs, tasks, alone
                        ), counted as (
                            select t.job_id, t.id,
                                   case when l.alone then t.crashes + 1
                                        else greatest(t.crashes, least(t.crashes + 1, :suspect)) end as crashes
                            from left_behind l
                            cross join lateral unnest(l.jobs, l.tasks) as claimed(job, task)
                            join task t on t.job_id = claimed.job and t.id = claimed.task
                            where l.holder <> :holder and t.lane = :lane
                              and t.state in ('READY', 'RUNNING', 'AWAITING_UPSTREAM')
                        ), blamed as (
                            update task t
                            set crashes = c.crashes, step = case when t.state = 'RUNNING' then :look else t.step end,
                                state = case when c.crashes < :quarantine then t.state else 'NEEDS_ACTION' end,
                                reason = case when c.crashes < :quarantine then t.reason else 'QUARANTINED' end,
                                detail = case when c.crashes < :quarantine then t.detail
                                              else 'Replicas of the broker died again and again while they worked on it.' end,
                                next_step = case when c.crashes < :quarantine then t.next_step
                                                 else 'Find out why from the logs of the replicas, then retry.' end
                            from counted c
                            where t.job_id = c.job_id and t.id = c.id
                            returning t.state
                        )
                        select exists (select from left_behind where holder <> :holder) as died,
                               (select count(*) from blamed where state = 'NEEDS_ACTION') as quarantined
                        """)
                .param("lane", lane)
                .param("holder", holder)
                .param("suspect", SUSPECT)
                .param("quarantine", QUARANTINE)
                .param("look", Destructions.LOOK)
                .query((row, number) -> new TakenOver(row.getBoolean("died"), row.getLong("quarantined")))
                .single();
        if (over.quarantined() > 0) {
            log.error("Lane {}: {} tasks that keep killing their replica wait for a person", lane, over.quarantined());
        }
        return over;
    }
}
