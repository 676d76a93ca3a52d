package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is known of the things in which a list lies. A resource group that cannot be found answers 404 to everything
 * below it, and so does the list of an account in it: that alone proves nothing of what the list had shown.
 */
@Component
class Surroundings {

    private final JdbcClient jdbc;

    Surroundings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A container around a list.
     *
     * @param type its type; null for the target itself, which is nothing of the provider's
     * @param parent what it lies in
     * @param removed whether the task that takes along what lies in it ended with its absence proven
     */
    private record Around(
            int target, @Nullable String type, @Nullable UUID parent, boolean removed) {}

    /**
     * Whether a DISCOVER task's list, which answered that it does not exist, went with what it lay in: that was deleted
     * and proven to be gone, or the newest pass read the list in which it had been, and did not find it. A list that
     * lies in nothing of the provider's goes with what it listed.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean gone(JobId job, UUID list) {
        List<Around> outward = outward(job, list);
        return outward.getFirst().type() == null
                || outward.stream().anyMatch(Around::removed)
                || notFoundAgain(job, list, outward);
    }

    /** The containers in which a list lies, the innermost first. */
    private List<Around> outward(JobId job, UUID list) {
        return jdbc.sql("""
                        with recursive around as (
                            select c.target, c.type, c.parent, c.remover, 0 as up
                            from task d join container c on c.job_id = d.job_id and c.id = d.container_id
                            where d.job_id = :job and d.id = :list
                            union all
                            select c.target, c.type, c.parent, c.remover, a.up + 1
                            from around a join container c on c.job_id = :job and c.id = a.parent
                        )
                        select a.target, a.type, a.parent,
                               coalesce(r.state in ('DELETED', 'ABSENT', 'COVERED', 'CONFIRMED'), false) as removed
                        from around a left join task r on r.job_id = :job and r.id = a.remover
                        order by a.up
                        """)
                .param("job", job.value())
                .param("list", list)
                .query((row, number) -> new Around(
                        row.getInt("target"),
                        row.getString("type"),
                        row.getObject("parent", UUID.class),
                        row.getBoolean("removed")))
                .list();
    }

    /** Whether the newest pass, which did not come as far as the list, read the last list on the way to it. */
    private boolean notFoundAgain(JobId job, UUID list, List<Around> outward) {
        UUID[] finders =
                outward.stream().flatMap(around -> finder(job, around).stream()).toArray(UUID[]::new);
        return jdbc.sql("""
                        select f.state = 'DISCOVERED' or f.state = 'ABSENT' and p.type is null as read
                        from unnest(:finders) with ordinality as o(id, up)
                        join job j on j.id = :job
                        join task d on d.job_id = j.id and d.id = :list and d.pass < j.pass
                        join task f on f.job_id = j.id and f.id = o.id and f.pass = j.pass
                        join container p on p.job_id = j.id and p.id = f.container_id
                        order by o.up limit 1
                        """)
                .param("finders", finders)
                .param("job", job.value())
                .param("list", list)
                .query((row, number) -> row.getBoolean("read"))
                .optional()
                .orElse(false);
    }

    private static Optional<UUID> finder(JobId job, Around around) {
        return around.type() == null || around.parent() == null
                ? Optional.empty()
                : Optional.of(Births.finderId(job, around.target(), around.parent(), around.type()));
    }
}
