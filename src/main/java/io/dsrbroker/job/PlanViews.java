package io.dsrbroker.job;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.shared.JobId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Plans for those who decide about them. */
@Service
public class PlanViews {

    private static final String NONE = "00000000-0000-0000-0000-000000000000";

    private final Jobs jobs;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Names names;
    private final PlaceNames places;
    private final String[] containers;

    PlanViews(Jobs jobs, JdbcClient jdbc, JsonMapper json, Names names, PlaceNames places, Catalogue catalogue) {
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.json = json;
        this.names = names;
        this.places = places;
        this.containers = catalogue.types().values().stream()
                .filter(ResourceType::container)
                .map(ResourceType::name)
                .toArray(String[]::new);
    }

    /**
     * A plan.
     *
     * @param hash SHA-256 over its canonical form, 64 hex digits
     * @param difference what has changed since the approved plan before it; null where there was none
     */
    public record PlanView(
            String hash,
            Instant createdAt,
            Summary summary,
            @Nullable Difference difference) {}

    /** What a plan adds up to: resources by type, by target, by action, and what goes with each container. */
    public record Summary(
            Map<String, Long> byType,
            Map<String, Long> byTarget,
            Map<PlanAction, Long> byAction,
            Map<String, Map<PlanAction, Long>> byTypeAndAction,
            List<BlastRadius> blastRadius) {}

    /**
     * What goes with a container, however deep it lies in it.
     *
     * @param container its folder, such as {@code lab/workspaces/ws/projects/p1}
     * @param taskId its DELETE task
     * @param otherPeople how many different people own the others' resources
     */
    public record BlastRadius(
            String container,
            UUID taskId,
            String type,
            @Nullable String key,
            long subject,
            long others,
            long otherPeople,
            long unknown) {}

    /**
     * How a plan differs from the one that had been approved; the first 100 of each kind.
     *
     * @param previousPlanHash the approved one
     */
    public record Difference(
            String previousPlanHash,
            long addedCount,
            long vanishedCount,
            long changedCount,
            List<Changed> added,
            List<Changed> vanished,
            List<Changed> changed) {}

    /**
     * One resource that differs.
     *
     * @param was its owner, action, reason and cover before; null where it is new
     */
    public record Changed(
            UUID taskId,
            String type,
            @Nullable String key,
            @Nullable Map<String, @Nullable String> was) {}

    /** One resource of a plan, with its target's name; see {@link PlanItem}. */
    public record Item(
            UUID taskId,
            String target,
            String type,
            @Nullable String key,
            Owner owner,
            PlanAction action,
            @Nullable Reason reason,
            @Nullable UUID coveredBy,
            boolean irreversible) {}

    /** The plan that was last proposed. {@link NoPlan} for an export, {@link PlanNotReady} before the first. */
    @Transactional(readOnly = true)
    public PlanView of(JobId id) {
        Job job = jobs.findById(id.value()).orElseThrow(() -> new NoSuchJob(id));
        if (job.type() != RequestType.DELETE) {
            throw new NoPlan();
        }
        Summary summary = summary(id);
        return jdbc.sql("select hash, made_at, difference from plan where job_id = :job")
                .param("job", id.value())
                .query((row, number) -> {
                    String difference = names.shown(id, Names.ofDifference(id), row.getBytes("difference"));
                    return new PlanView(
                            Objects.requireNonNull(row.getString("hash")),
                            row.getObject("made_at", OffsetDateTime.class).toInstant(),
                            summary,
                            difference == null ? null : json.readValue(difference, Difference.class));
                })
                .optional()
                .orElseThrow(() -> new PlanNotReady(job.stage()));
    }

    private Summary summary(JobId id) {
        Map<String, Long> byType = new TreeMap<>();
        Map<String, Long> byTarget = new TreeMap<>();
        Map<PlanAction, Long> byAction = new EnumMap<>(PlanAction.class);
        Map<String, Map<PlanAction, Long>> byTypeAndAction = new TreeMap<>();
        jdbc.sql("""
                select s.type, j.name as target_name, s.action, s.resources
                from (select p.type, p.target, p.action, count(*) as resources
                      from plan_item p
                      join plan l on l.job_id = p.job_id and p.pass >= l.pass and p.born <= l.pass
                      where p.job_id = :job group by 1, 2, 3) s
                join job_target j on j.job_id = :job and j.ordinal = s.target
                """).param("job", id.value()).query(row -> {
            String type = Objects.requireNonNull(row.getString("type"));
            PlanAction action = PlanAction.valueOf(row.getString("action"));
            long resources = row.getLong("resources");
            byType.merge(type, resources, Long::sum);
            byTarget.merge(Objects.requireNonNull(row.getString("target_name")), resources, Long::sum);
            byAction.merge(action, resources, Long::sum);
            byTypeAndAction
                    .computeIfAbsent(type, any -> new EnumMap<>(PlanAction.class))
                    .merge(action, resources, Long::sum);
        });
        return new Summary(byType, byTarget, byAction, byTypeAndAction, blastRadius(id));
    }

    private List<BlastRadius> blastRadius(JobId id) {
        return jdbc
                .sql("""
                        with recursive item as materialized (
                            select p.task_id, p.container_id, p.type, p.owner, p.person from plan_item p
                            join plan l on l.job_id = p.job_id and p.pass >= l.pass and p.born <= l.pass
                            where p.job_id = :job
                        ), held as (
                            select container_id, owner, person, count(*) as resources from item
                            where type <> all(:containers) group by 1, 2, 3
                        ), listed as (
                            select i.task_id, i.type, c.id, c.place from item i
                            join container c on c.job_id = :job and c.id = i.container_id and c.type = i.type
                            where i.type = any(:containers)
                        ), within as (
                            select id as listed, id from listed
                            union
                            select w.listed, c.id from within w
                            join container c on c.job_id = :job and c.parent = w.id
                        ), total as (
                            select w.listed,
                                   sum(h.resources) filter (where h.owner = 'SUBJECT') as subject,
                                   sum(h.resources) filter (where h.owner = 'OTHERS') as others,
                                   count(distinct h.person) as other_people,
                                   sum(h.resources) filter (where h.owner = 'UNKNOWN') as unknown
                            from within w join held h on h.container_id = w.id group by w.listed
                        )
                        select l.id, l.place, l.task_id, l.type, p.key,
                               coalesce(t.subject, 0) as subject, coalesce(t.others, 0) as others,
                               coalesce(t.other_people, 0) as other_people, coalesce(t.unknown, 0) as unknown
                        from listed l
                        join plan_item p on p.job_id = :job and p.task_id = l.task_id
                        left join total t on t.listed = l.id
                        """)
                .param("job", id.value())
                .param("containers", containers)
                .query((row, number) -> new BlastRadius(
                        places.shown(id, row.getObject("id", UUID.class), row.getBytes("place"))
                                .path(),
                        row.getObject("task_id", UUID.class),
                        row.getString("type"),
                        key(id, row),
                        row.getLong("subject"),
                        row.getLong("others"),
                        row.getLong("other_people"),
                        row.getLong("unknown")))
                .list()
                .stream()
                .sorted(Comparator.comparing(BlastRadius::container)
                        .thenComparing(BlastRadius::type)
                        .thenComparing(radius -> String.valueOf(radius.key())))
                .toList();
    }

    private @Nullable String key(JobId id, ResultSet row) throws SQLException {
        return names.shown(id, Names.ofPlanItem(row.getObject("task_id", UUID.class)), row.getBytes("key"));
    }

    /** Its resources behind {@code after} in the order of their task ids. */
    public List<Item> items(JobId id, @Nullable UUID after, int limit) {
        return jdbc
                .sql("""
                        select p.*, j.name as target_name from plan_item p
                        join plan l on l.job_id = p.job_id and p.pass >= l.pass and p.born <= l.pass
                        join job_target j on j.job_id = p.job_id and j.ordinal = p.target
                        where p.job_id = :job and p.task_id > cast(:after as uuid)
                        order by p.task_id limit :limit
                        """)
                .param("job", id.value())
                .param("after", after == null ? NONE : after.toString())
                .param("limit", limit)
                .query((row, number) -> {
                    PlanAction action = PlanAction.valueOf(row.getString("action"));
                    String reason = row.getString("reason");
                    UUID task = row.getObject("task_id", UUID.class);
                    byte[] key = row.getBytes("key");
                    String target = row.getString("target_name");
                    String type = row.getString("type");
                    Owner owner = Owner.valueOf(row.getString("owner"));
                    UUID coveredBy = row.getObject("covered_by", UUID.class);
                    // Opened when it is asked for: not while its row, and with it a connection, is held.
                    return (Supplier<Item>) () -> new Item(
                            task,
                            target,
                            type,
                            names.shown(id, Names.ofPlanItem(task), key),
                            owner,
                            action,
                            reason == null ? null : Reason.valueOf(reason),
                            coveredBy,
                            action != PlanAction.SKIPPED && action != PlanAction.OUT_OF_SCOPE);
                })
                .list()
                .stream()
                .map(Supplier::get)
                .toList();
    }
}
