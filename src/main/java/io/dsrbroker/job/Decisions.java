package io.dsrbroker.job;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.shared.JobId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Decides what becomes of things of unknown owner; neither happens by itself. */
@Service
public class Decisions {

    private static final Logger log = LoggerFactory.getLogger(Decisions.class);

    private final Jobs jobs;
    private final JdbcClient jdbc;
    private final WorkQueue queue;
    private final Progress progress;
    private final ApplicationEventPublisher events;
    private final PlanDecisions plans;
    private final Names names;
    private final Wording wording;
    private final String[] typesWithMoreCalls;

    Decisions(
            Jobs jobs,
            JdbcClient jdbc,
            WorkQueue queue,
            Progress progress,
            ApplicationEventPublisher events,
            PlanDecisions plans,
            Names names,
            Wording wording,
            Catalogue catalogue) {
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.queue = queue;
        this.progress = progress;
        this.events = events;
        this.plans = plans;
        this.names = names;
        this.wording = wording;
        this.typesWithMoreCalls = catalogue.types().values().stream()
                .filter(type -> type.get() != null || type.attach() != null || type.content() != null)
                .map(ResourceType::name)
                .toArray(String[]::new);
    }

    /**
     * Which tasks a decision is about.
     *
     * @param taskIds these; null for all that the others name
     * @param type only of this type; null for any
     * @param target only of the target of this name; null for any
     */
    public record Selection(
            @Nullable List<UUID> taskIds,
            @Nullable String type,
            @Nullable String target) {}

    /**
     * Decides; what shares its owner with a decided thing is decided alike. Answers how many of the selected tasks
     * waited for it.
     *
     * @throws SamePerson when the caller created the request
     * @throws WrongStage when the job has ended
     * @throws UnknownTasks when a task is not of this job
     */
    @Transactional
    public int decide(JobId id, Selection selection, Decision decision, String reason, Caller caller) {
        Job job = jobs.findByIdForUpdate(id.value()).orElseThrow(() -> new NoSuchJob(id));
        SamePerson.throwIfCreatedBy(job, caller);
        if (job.type() == RequestType.DELETE) {
            WrongStage.throwUnless(job, Stage.AWAITING_APPROVAL, "Only a plan that waits for approval can be changed.");
        }
        WrongStage.throwIfEnded(job.stage());
        requireKnown(id, selection.taskIds());
        String words = wording.clean(job, reason);
        List<UUID> direct = undecided(job, selection);
        Set<UUID> containers = containersOf(job, direct);
        remember(id, containers, decision);
        Set<UUID> all = new HashSet<>(direct);
        all.addAll(sharing(id, containers));
        if (job.type() == RequestType.DELETE) {
            plans.decide(job, all, decision);
        } else {
            apply(id, all, decision, words);
        }
        events.publishEvent(new Acted(
                id, caller, "decided", Map.of("decision", decision.name(), "tasks", direct.size(), "reason", words)));
        log.info(
                "Job {}: {} decided for {} tasks, {} with what shares their owner",
                id,
                decision,
                direct.size(),
                all.size());
        progress.reconsider(id);
        return direct.size();
    }

    private void requireKnown(JobId id, @Nullable List<UUID> taskIds) {
        if (taskIds == null) {
            return;
        }
        Set<UUID> known = new HashSet<>(jdbc.sql("select id from task where job_id = :job and id = any(:ids)")
                .param("job", id.value())
                .param("ids", taskIds.toArray(UUID[]::new))
                .query(Rows.ID)
                .list());
        List<Integer> unknown = IntStream.range(0, taskIds.size())
                .filter(index -> !known.contains(taskIds.get(index)))
                .boxed()
                .toList();
        if (!unknown.isEmpty()) {
            throw new UnknownTasks("/taskIds/", "", unknown);
        }
    }

    private List<UUID> undecided(Job job, Selection selection) {
        List<Integer> ordinals = IntStream.range(0, job.targets().size())
                .filter(ordinal -> selection.target() == null
                        || selection.target().equals(job.targets().get(ordinal).folder()))
                .boxed()
                .toList();
        List<UUID> ids = selection.taskIds() == null ? List.of() : selection.taskIds();
        return jdbc.sql("""
                        select id from task
                        where job_id = :job and state in ('NEEDS_ACTION', 'SKIPPED') and reason = 'OWNER_UNKNOWN'
                          and (kind <> 'EXPORT' or :export)
                          and (not :byId or id = any(:ids))
                          and (:type = '' or type = :type)
                          and target = any(:targets)
                        """)
                .param("job", job.id().value())
                .param("export", job.type() == RequestType.EXPORT)
                .param("byId", selection.taskIds() != null)
                .param("ids", ids.toArray(UUID[]::new))
                .param("type", selection.type() == null ? "" : selection.type())
                .param("targets", ordinals.toArray(Integer[]::new))
                .query(Rows.ID)
                .list();
    }

    /** The containers that the decided tasks themselves stand for, such as runs. */
    private Set<UUID> containersOf(Job job, List<UUID> tasks) {
        Set<UUID> containers = new HashSet<>();
        jdbc.sql("select id, target, container_id, type, key from task where job_id = :job and id = any(:ids)")
                .param("job", job.id().value())
                .param("ids", tasks.toArray(UUID[]::new))
                .query(row -> {
                    Place place = new Place(
                            row.getObject("container_id", UUID.class),
                            row.getInt("target"),
                            Owner.UNKNOWN,
                            null,
                            java.util.Map.of(),
                            "",
                            null);
                    String key =
                            names.open(job.id(), Names.ofTask(row.getObject("id", UUID.class)), row.getBytes("key"));
                    containers.add(Births.containerId(job.id(), place, row.getString("type"), key));
                });
        return containers;
    }

    private void remember(JobId id, Set<UUID> containers, Decision decision) {
        jdbc.sql("update container set decision = :decision where job_id = :job and id = any(:ids)")
                .param("decision", decision.name())
                .param("job", id.value())
                .param("ids", containers.toArray(UUID[]::new))
                .update();
    }

    private List<UUID> sharing(JobId id, Set<UUID> containers) {
        return jdbc.sql("""
                        select id from task
                        where job_id = :job and state in ('NEEDS_ACTION', 'SKIPPED') and reason = 'OWNER_UNKNOWN'
                          and owner_container = any(:containers)
                        """)
                .param("job", id.value())
                .param("containers", containers.toArray(UUID[]::new))
                .query(Rows.ID)
                .list();
    }

    private void apply(JobId id, Set<UUID> tasks, Decision decision, String reason) {
        UUID[] ids = tasks.toArray(UUID[]::new);
        switch (decision) {
            case INCLUDE -> {
                // A document that came with its list is there already; what has a call of its own is sent for.
                List<String> lanes = jdbc.sql("""
                                update task
                                set state = case when type = any(:fetched) then 'READY' else 'EXPORTED' end,
                                    finished_at = case when type = any(:fetched) then null else now() end,
                                    reason = null, detail = 'Included: ' || :reason, next_step = null
                                where job_id = :job and id = any(:ids)
                                returning lane
                                """)
                        .param("job", id.value())
                        .param("ids", ids)
                        .param("fetched", typesWithMoreCalls)
                        .param("reason", reason)
                        .query(Rows.TEXT)
                        .list();
                queue.notifyLanes(lanes);
            }
            case EXCLUDE -> {
                jdbc.sql("""
                        update task set state = 'SKIPPED', reason = 'EXCLUDED', finished_at = now(),
                                        detail = 'Excluded: ' || :reason, next_step = null
                        where job_id = :job and id = any(:ids)
                        """)
                        .param("job", id.value())
                        .param("ids", ids)
                        .param("reason", reason)
                        .update();
                events.publishEvent(new TasksExcluded(id, tasks));
            }
        }
    }
}
