package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives up, once a request is due, what the upstream refuses or keeps locked and nobody has done anything about: the
 * person gets what there is, and is told what is missing.
 */
@Service
public class Overdue {

    private static final Logger log = LoggerFactory.getLogger(Overdue.class);

    private final Jobs jobs;
    private final Tasks tasks;
    private final Progress progress;
    private final JdbcClient jdbc;

    Overdue(Jobs jobs, Tasks tasks, Progress progress, JdbcClient jdbc) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.progress = progress;
        this.jdbc = jdbc;
    }

    /** The jobs in which something is to be given up. */
    public List<JobId> jobs() {
        return jdbc.sql("""
                        select j.id from job j
                        where j.finished_at is null and not j.on_hold and j.due_at < now()
                          and exists (select from task t
                                      where t.job_id = j.id and t.state = 'NEEDS_ACTION'
                                        and t.reason in ('FORBIDDEN', 'LOCKED', 'QUARANTINED'))
                        """)
                .query((row, number) -> new JobId(row.getObject("id", UUID.class)))
                .list();
    }

    /** Gives up what waits in one of them. */
    @Transactional
    public void giveUp(JobId id) {
        Job job = jobs.findByIdForUpdate(id.value()).orElseThrow(() -> new NoSuchJob(id));
        if (job.stage().ended()) {
            return;
        }
        Set<UUID> given = jdbc.sql("""
                        update task
                        set state = 'FAILED', finished_at = now(),
                            detail = coalesce(detail || '. ', '') || 'Nobody acted on it before the request was due.'
                        where job_id = :job and state = 'NEEDS_ACTION'
                          and reason in ('FORBIDDEN', 'LOCKED', 'QUARANTINED')
                        returning id
                        """).param("job", id.value()).query(Rows.ID).list().stream()
                .collect(Collectors.toSet());
        if (!given.isEmpty()) {
            log.info("Job {}: {} tasks that waited for a person are given up, because it is due", id, given.size());
            tasks.free(Set.of(id.value()), given);
            progress.reconsider(job);
        }
    }
}
