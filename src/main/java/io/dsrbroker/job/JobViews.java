package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Jobs for their readers: newest first, with what their tasks add up to. */
@Service
public class JobViews {

    private final Jobs jobs;
    private final JdbcClient jdbc;

    JobViews(Jobs jobs, JdbcClient jdbc) {
        this.jobs = jobs;
        this.jdbc = jdbc;
    }

    /**
     * A job with what its tasks add up to.
     *
     * @param counts tasks other than DISCOVER by state
     * @param exceptions how many tasks of any kind ended as an exception
     */
    public record JobView(JobSummary job, Map<TaskState, Long> counts, long exceptions) {

        /** How many tasks other than DISCOVER there are. */
        public long total() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Which jobs a list shows.
     *
     * @param before only those created before the job of this id; null for the newest
     * @param client only those that this client sent, empty for those that no client sent; null for all
     */
    public record Filter(
            @Nullable UUID before,
            @Nullable RequestType type,
            @Nullable Stage stage,
            Stage.@Nullable Status status,
            @Nullable String externalId,
            @Nullable String client) {}

    /** One job. */
    @Transactional(readOnly = true)
    public JobView view(JobId id) {
        Job job = jobs.findById(id.value()).orElseThrow(() -> new NoSuchJob(id));
        return views(List.of(job)).getFirst();
    }

    /** Those of these jobs that there are and that the client sent; null is any client. */
    @Transactional(readOnly = true)
    public List<JobView> of(Collection<UUID> ids, @Nullable String client) {
        return views(jobs.findByIdIn(List.copyOf(ids)).stream()
                .filter(job -> client == null
                        || client.equals(
                                Optional.ofNullable(job.summary().createdBy().client())
                                        .orElse("")))
                .toList());
    }

    /** A job's own row. */
    @Transactional(readOnly = true)
    public JobSummary summary(JobId id) {
        return jobs.findById(id.value()).orElseThrow(() -> new NoSuchJob(id)).summary();
    }

    /** Whether there is such a job and this client sent it; empty is no client. */
    public boolean sentBy(JobId id, String client) {
        return jdbc.sql("select exists (select from job where id = :id and coalesce(created_by_client, '') = :client)")
                .param("id", id.value())
                .param("client", client)
                .query(Boolean.class)
                .single();
    }

    /** The targets of a job, in order, and the names under which they stand in views and in the package. */
    @Transactional(readOnly = true)
    public Map<String, Target> targets(JobId id) {
        Job job = jobs.findById(id.value()).orElseThrow(() -> new NoSuchJob(id));
        Map<String, Target> targets = new java.util.LinkedHashMap<>();
        job.targets().forEach(target -> targets.put(target.folder(), target.toTarget()));
        return targets;
    }

    /** The newest jobs that pass the filter. */
    @Transactional(readOnly = true)
    public List<JobView> list(Filter filter, int limit) {
        List<String> stages = java.util.Arrays.stream(Stage.values())
                .filter(stage -> filter.stage() == null || filter.stage() == stage)
                .filter(stage -> filter.status() == null || filter.status() == stage.status())
                .map(Stage::name)
                .toList();
        List<UUID> ids = jdbc.sql("""
                        select id from job
                        where id < coalesce(:before, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
                          and stage = any(:stages)
                          and (:type = '' or type = :type)
                          and (:externalId = '' or external_id = :externalId)
                          and (:all or coalesce(created_by_client, '') = :client)
                        order by id desc limit :limit
                        """)
                .param("before", filter.before(), java.sql.Types.OTHER)
                .param("stages", stages.toArray(String[]::new))
                .param("type", filter.type() == null ? "" : filter.type().name())
                .param("externalId", Optional.ofNullable(filter.externalId()).orElse(""))
                .param("all", filter.client() == null)
                .param("client", Optional.ofNullable(filter.client()).orElse(""))
                .param("limit", limit)
                .query(Rows.ID)
                .list();
        List<Job> found = jobs.findByIdIn(ids).stream()
                .sorted(java.util.Comparator.comparingInt(
                        job -> ids.indexOf(job.id().value())))
                .toList();
        return views(found);
    }

    private List<JobView> views(Collection<Job> found) {
        UUID[] ids = found.stream().map(job -> job.id().value()).toArray(UUID[]::new);
        Map<UUID, Map<TaskState, Long>> counts = new HashMap<>();
        Map<UUID, Long> exceptions = new HashMap<>();
        jdbc.sql("""
                select job_id, state, count(*) filter (where kind <> 'DISCOVER') as tasks, count(*) as all_tasks
                from every_task where job_id = any(:ids) group by job_id, state
                """).param("ids", ids).query(row -> {
            UUID id = row.getObject("job_id", UUID.class);
            TaskState state = TaskState.valueOf(row.getString("state"));
            if (row.getLong("tasks") > 0) {
                counts.computeIfAbsent(id, job -> new EnumMap<>(TaskState.class))
                        .put(state, row.getLong("tasks"));
            }
            if (state.exception()) {
                exceptions.merge(id, row.getLong("all_tasks"), Long::sum);
            }
        });
        return found.stream()
                .map(job -> new JobView(
                        job.summary(),
                        counts.getOrDefault(job.id().value(), Map.of()),
                        exceptions.getOrDefault(job.id().value(), 0L)))
                .toList();
    }
}
