package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Moves the tasks of jobs that ended long ago out of the table that lanes work through, and back where something of them
 * is tried again. Readers do not notice: {@code every_task} shows both tables.
 */
@Service
public class Archive {

    /** So many tasks are moved in one transaction. */
    static final int BATCH = 1000;

    private final JdbcClient jdbc;
    private final Clock clock;

    Archive(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Jobs, but for these, that ended so long ago and of which tasks may still be in the way. */
    public List<JobId> due(Duration after, Set<JobId> but, int limit) {
        return jdbc.sql("""
                        select id from job
                        where finished_at <= :before and archived_at is null and id <> all(:but)
                        order by finished_at limit :limit
                        """)
                .param("before", before(after).atOffset(ZoneOffset.UTC))
                .param("but", Tasks.ids(but))
                .param("limit", limit)
                .query((row, number) -> new JobId(row.getObject("id", UUID.class)))
                .list();
    }

    /**
     * Moves the next tasks of a job, unless it works again or somebody else has its row. Answers how many; fewer than
     * there may be at once means that nothing is left to do here now.
     */
    @Transactional
    public int move(JobId id, Duration after) {
        boolean ours = jdbc.sql("""
                        select 1 from job where id = :id and finished_at <= :before and archived_at is null
                        for update skip locked
                        """)
                .param("id", id.value())
                .param("before", before(after).atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getInt(1))
                .optional()
                .isPresent();
        if (!ours) {
            return 0;
        }
        int moved = jdbc.sql("""
                        with next as (
                            -- Not "job_id = :job": a large job that PostgreSQL takes for a small one would be sorted each time.
                            select job_id, id from task where job_id >= :job order by job_id, id limit :batch
                        ), moved as (
                            -- An array, for which the index is always taken.
                            delete from task
                            where job_id = :job and id = any(array(select id from next where job_id = :job))
                            returning *
                        )
                        insert into task_archive select * from moved
                        """).param("job", id.value()).param("batch", BATCH).update();
        if (moved < BATCH) {
            jdbc.sql("update job set archived_at = :now where id = :id")
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("id", id.value())
                    .update();
        }
        return moved;
    }

    /** Whether a move that moved so many has left some. */
    public static boolean leftSome(int moved) {
        return moved == BATCH;
    }

    /** Puts all tasks of a job that the caller has locked back, for something of it is tried again. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void bringBack(JobId id) {
        jdbc.sql("""
                with back as (delete from task_archive where job_id = :job returning *)
                insert into task select * from back
                """).param("job", id.value()).update();
        jdbc.sql("update job set archived_at = null where id = :id and archived_at is not null")
                .param("id", id.value())
                .update();
    }

    private Instant before(Duration after) {
        return clock.instant().minus(after);
    }
}
