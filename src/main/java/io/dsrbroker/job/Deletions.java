package io.dsrbroker.job;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.shared.JobId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Frees the deletions of a job whose turn it is, and what goes with a container once that is gone. */
@Component
class Deletions {

    private final JdbcClient jdbc;
    private final Catalogue catalogue;
    private final WorkQueue queue;

    Deletions(JdbcClient jdbc, Catalogue catalogue, WorkQueue queue) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
        this.queue = queue;
    }

    /** Goes on as far as it can be gone now. */
    void goOn(JobId job) {
        boolean more = true;
        while (more) {
            release(job);
            more = review(job);
        }
    }

    /** Answers whether something was kept back, so that more may have to be. */
    private boolean review(JobId job) {
        List<DeleteOrder.Group> groups = groups(job);
        if (groups.stream().noneMatch(group -> group.blocked() > 0)) {
            return false;
        }
        Map<UUID, @Nullable UUID> parents = parents(job);
        boolean kept = false;
        for (DeleteOrder.Group group : groups) {
            if (group.blocked() == 0) {
                continue;
            }
            DeleteOrder.Verdict verdict =
                    DeleteOrder.on(group, groups, parents, type -> catalogue.deletedBefore(catalogue.type(type)));
            switch (verdict) {
                case WAIT -> {}
                case SEND -> send(job, group);
                case KEEP -> {
                    keep(job, group);
                    kept = true;
                }
            }
        }
        return kept;
    }

    private List<DeleteOrder.Group> groups(JobId job) {
        return jdbc.sql("""
                        select coalesce(x.container_id, t.container_id) as container_id, t.type,
                               x.id is not null as along, c.type as container_type,
                               count(*) filter (where t.state = 'BLOCKED' and x.id is null) as blocked,
                               count(*) filter (where t.finished_at is null) as open,
                               count(*) filter (where t.state in ('INCOMPLETE', 'UNVERIFIED', 'SKIPPED',
                                                'SOURCE_RETIRED', 'FAILED', 'CANCELLED')) as kept,
                               count(*) filter (where t.state in ('UNVERIFIED', 'SOURCE_RETIRED', 'FAILED', 'CANCELLED')
                                                or t.reason in ('CHILD_KEPT', 'EXPORT_INCOMPLETE')) as failed
                        from task t
                        left join task x on x.job_id = t.job_id and x.id = t.covered_by
                        join container c on c.job_id = t.job_id and c.id = coalesce(x.container_id, t.container_id)
                        where t.job_id = :job and t.kind in ('DELETE', 'MANUAL')
                        group by 1, 2, 3, 4
                        """)
                .param("job", job.value())
                .query((row, number) -> {
                    String type = Objects.requireNonNull(row.getString("type"));
                    ResourceType known = catalogue.types().get(type);
                    return new DeleteOrder.Group(
                            row.getObject("container_id", UUID.class),
                            type,
                            known != null && known.container() && type.equals(row.getString("container_type")),
                            row.getBoolean("along"),
                            row.getLong("blocked"),
                            row.getLong("open"),
                            row.getLong("kept"),
                            row.getLong("failed"));
                })
                .list();
    }

    private Map<UUID, @Nullable UUID> parents(JobId job) {
        Map<UUID, @Nullable UUID> parents = new HashMap<>();
        jdbc.sql("""
                select id, parent from container
                where job_id = :job and parent is not null and type = any(:containers)
                """)
                .param("job", job.value())
                .param(
                        "containers",
                        catalogue.types().values().stream()
                                .filter(ResourceType::container)
                                .map(ResourceType::name)
                                .toArray(String[]::new))
                .query(row -> {
                    parents.put(row.getObject("id", UUID.class), row.getObject("parent", UUID.class));
                });
        return parents;
    }

    /** What was tried before is looked at first. */
    private void send(JobId job, DeleteOrder.Group group) {
        queue.notifyLanes(jdbc.sql("""
                        update task set state = 'READY', step = case when attempts > 0 then :look else 0 end
                        where job_id = :job and container_id = :container and type = :type and kind = 'DELETE'
                          and state = 'BLOCKED' and covered_by is null
                        returning lane
                        """)
                .param("look", Destructions.LOOK)
                .param("job", job.value())
                .param("container", group.container())
                .param("type", group.type())
                .query(Rows.TEXT)
                .list());
    }

    private void keep(JobId job, DeleteOrder.Group group) {
        jdbc.sql("""
                update task set state = 'SKIPPED', reason = 'CHILD_KEPT', finished_at = now(),
                                detail = 'Something that must go first was left out or could not be deleted.',
                                next_step = 'Look at the exceptions inside or before it, mend them and retry.'
                where job_id = :job and container_id = :container and type = :type and kind = 'DELETE'
                  and state = 'BLOCKED' and covered_by is null
                """)
                .param("job", job.value())
                .param("container", group.container())
                .param("type", group.type())
                .update();
    }

    /** What goes with a container: it is looked for once that is gone, and stays where that stays. */
    private void release(JobId job) {
        queue.notifyLanes(
                jdbc.sql("""
                        update task t
                        set state = case when x.state in ('DELETED', 'ABSENT') then 'VERIFYING'
                                         when x.state in ('SKIPPED', 'CANCELLED') then 'SKIPPED'
                                         when x.state = 'SOURCE_RETIRED' then 'SOURCE_RETIRED'
                                         else 'UNVERIFIED' end,
                            reason = case when x.state in ('DELETED', 'ABSENT') then null
                                          when x.state in ('SKIPPED', 'CANCELLED') then 'NO_OWN_DELETE'
                                          when x.state = 'SOURCE_RETIRED' then 'PROVIDER_GONE'
                                          else 'ABSENCE_UNPROVEN' end,
                            detail = case when x.state in ('DELETED', 'ABSENT') then null
                                          when x.state in ('SKIPPED', 'CANCELLED')
                                          then 'It would only go with the ' || x.type || ' in which it lies, which stays.'
                                          else 'The ' || x.type || ' in which it lies could not be proven deleted.' end,
                            finished_at = case when x.state in ('DELETED', 'ABSENT') then null else now() end,
                            verifying_since = now(),
                            next_attempt_at = case when x.state in ('DELETED', 'ABSENT') then now() end,
                            absent_reads = 0
                        from task x
                        where t.job_id = :job and t.state = 'BLOCKED' and t.covered_by is not null
                          and x.job_id = :job and x.id = t.covered_by and x.finished_at is not null
                        returning t.lane
                        """).param("job", job.value()).query(Rows.TEXT).list());
    }
}
