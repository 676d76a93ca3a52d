package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import io.dsrbroker.vault.Vault;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Destroys what jobs keep of their subjects: secrets as soon as no call needs them, all else when its time is over. */
@Service
public class Erasures {

    private static final Logger log = LoggerFactory.getLogger(Erasures.class);

    private final Jobs jobs;
    private final JdbcClient jdbc;
    private final Vault vault;
    private final ErasureRules rules;
    private final ApplicationEventPublisher events;

    Erasures(Jobs jobs, JdbcClient jdbc, Vault vault, ErasureRules rules, ApplicationEventPublisher events) {
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.vault = vault;
        this.rules = rules;
        this.events = events;
    }

    /** Jobs, but for these, with secrets that no call will need: all tasks of the upstreams that take secrets, and of what these lie in, have
     * ended. */
    public List<JobId> spentSecrets(Set<JobId> but, int limit) {
        return spent(null, but, limit);
    }

    private List<JobId> spent(@Nullable UUID one, Set<JobId> but, int limit) {
        return jdbc.sql("""
                        select id from job j
                        where secrets is not null and id = coalesce(:one, id) and id <> all(:but)
                          and (finished_at is not null
                               or (coalesce(phase, 'DELETING') = 'DELETING'
                                   and not exists (select from task t
                                                   where t.job_id = j.id and t.finished_at is null
                                                     and t.type = any(:types))))
                        limit :limit
                        """)
                .param("one", one, Types.OTHER)
                .param("but", Tasks.ids(but))
                .param("types", rules.typesBeforeSecrets())
                .param("limit", limit)
                .query((row, number) -> new JobId(row.getObject("id", UUID.class)))
                .list();
    }

    /** Destroys a job's secrets, if they are still spent. */
    @Transactional
    public void forgetSecrets(JobId id) {
        // Somebody may have tried something again meanwhile.
        jobs.findByIdForUpdate(id.value())
                .filter(job -> !spent(id.value(), Set.of(), 1).isEmpty())
                .ifPresent(job -> {
                    job.forgetSecrets();
                    events.publishEvent(new Acted(id, Caller.SYSTEM, "secrets-destroyed", Map.of()));
                });
    }

    /** Jobs, but for these, that ended long enough ago. */
    public List<JobId> due(Set<JobId> but, int limit) {
        return jdbc.sql("""
                        select j.id from job j
                        where j.finished_at <= :before and j.erased_at is null and j.id <> all(:but)
                        order by j.finished_at limit :limit
                        """)
                .param("before", rules.before().atOffset(ZoneOffset.UTC))
                .param("but", Tasks.ids(but))
                .param("limit", limit)
                .query((row, number) -> new JobId(row.getObject("id", UUID.class)))
                .list();
    }

    /** Destroys a job's key, and with it everything that was sealed for it; unless the job works again. */
    @Transactional
    public void erase(JobId id) {
        jobs.findByIdForUpdate(id.value())
                .filter(job -> job.endedBefore(rules.before()))
                .ifPresent(job -> {
                    vault.destroy(id);
                    job.erase(rules.clock().instant());
                    jdbc.sql("""
                            with archived as (
                                update task_archive set cursor = null where job_id = :job and cursor is not null
                            )
                            update task set cursor = null where job_id = :job and cursor is not null
                            """).param("job", id.value()).update();
                    jdbc.sql("delete from evidence_file where job_id = :job")
                            .param("job", id.value())
                            .update();
                    events.publishEvent(new Acted(id, Caller.SYSTEM, "erased", Map.of()));
                    log.info("Job {}: its key is destroyed; nothing that was kept of its subject can be opened", id);
                });
    }

    /** Erased jobs, but for these, of which there may still be bytes that nobody can open. */
    public List<JobId> unswept(Set<JobId> but, int limit) {
        return jdbc.sql("""
                        select id from job where erased_at is not null and not swept and id <> all(:but)
                        order by erased_at limit :limit
                        """)
                .param("but", Tasks.ids(but))
                .param("limit", limit)
                .query((row, number) -> new JobId(row.getObject("id", UUID.class)))
                .list();
    }

    /** No such bytes are left of this job. */
    @Transactional
    public void swept(JobId id) {
        jdbc.sql("update job set swept = true where id = :id")
                .param("id", id.value())
                .update();
    }
}
