package io.dsrbroker.job;

import io.dsrbroker.job.PlanViews.Changed;
import io.dsrbroker.job.PlanViews.Difference;
import io.dsrbroker.shared.JobId;
import java.sql.Types;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The plans that were proposed: each is replaced by the next. */
@Component
class Plans {

    private static final TypeReference<Map<String, @Nullable String>> WAS = new TypeReference<>() {};
    private static final int SHOWN = 100;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final PlanHash hash;
    private final Names names;
    private final Clock clock;

    Plans(JdbcClient jdbc, JsonMapper json, PlanHash hash, Names names, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.hash = hash;
        this.names = names;
        this.clock = clock;
    }

    /** The hash of the plan that was last proposed. */
    Optional<String> hash(JobId job) {
        return jdbc.sql("select hash from plan where job_id = :job")
                .param("job", job.value())
                .query(Rows.TEXT)
                .optional();
    }

    /** Proposes what the newest pass found; {@code since} is what has changed since an approved plan. */
    String propose(Job job, @Nullable Difference since) {
        String fresh = hash.of(job.id(), job.pass(), job.catalogueHash());
        jdbc.sql("""
                insert into plan (job_id, hash, pass, made_at, difference)
                values (:job, :hash, :pass, :now, :difference)
                on conflict (job_id) do update
                set hash = excluded.hash, pass = excluded.pass, made_at = excluded.made_at,
                    difference = excluded.difference
                """)
                .param("job", job.id().value())
                .param("hash", fresh)
                .param("pass", job.pass())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param(
                        "difference",
                        since == null
                                ? null
                                : names.sealed(job.id(), Names.ofDifference(job.id()), json.writeValueAsString(since)),
                        Types.BINARY)
                .update();
        return fresh;
    }

    /** The plan was changed by a decision: it has a new hash, and is the same pass's. */
    String rehash(Job job) {
        String fresh = hash.of(job.id(), job.pass(), job.catalogueHash());
        jdbc.sql("update plan set hash = :hash, made_at = :now where job_id = :job")
                .param("hash", fresh)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("job", job.id().value())
                .update();
        return fresh;
    }

    /** What the newest pass found otherwise than the proposed plan says; empty when it still holds. */
    Optional<Difference> difference(Job job) {
        List<Changed> added = changed(job, "added");
        List<Changed> vanished = changed(job, "vanished");
        List<Changed> altered = changed(job, "changed");
        if (added.isEmpty() && vanished.isEmpty() && altered.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Difference(
                hash(job.id()).orElse(""),
                added.size(),
                vanished.size(),
                altered.size(),
                first(added),
                first(vanished),
                first(altered)));
    }

    private static List<Changed> first(List<Changed> all) {
        return List.copyOf(all.subList(0, Math.min(SHOWN, all.size())));
    }

    /** What our own deletions removed has not vanished. */
    private List<Changed> changed(Job job, String how) {
        return jdbc.sql("""
                        select p.task_id, p.type, p.key, p.was
                        from plan_item p join plan l on l.job_id = p.job_id
                        where p.job_id = :job and case :how
                            when 'added' then p.pass = :pass and p.born > l.pass
                            when 'changed' then p.pass = :pass and p.born <= l.pass and p.was is not null
                            else p.pass >= l.pass and p.pass < :pass and p.born <= l.pass
                                 and not exists (select from task t
                                                 where t.job_id = p.job_id and t.id in (p.task_id, p.covered_by)
                                                   and (t.attempts > 0 or t.state in (
                                                        'DELETED', 'ABSENT', 'COVERED', 'CONFIRMED')))
                            end
                        order by p.task_id
                        """)
                .param("job", job.id().value())
                .param("pass", job.pass())
                .param("how", how)
                .query((row, number) -> {
                    String was = row.getString("was");
                    UUID task = row.getObject("task_id", UUID.class);
                    return new Changed(
                            task,
                            row.getString("type"),
                            names.open(job.id(), Names.ofPlanItem(task), row.getBytes("key")),
                            was == null || !how.equals("changed") ? null : json.readValue(was, WAS));
                })
                .list();
    }
}
