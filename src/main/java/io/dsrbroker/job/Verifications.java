package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Proof of absence: the list from which resources came is read again, and one reading counts for all of them. Several
 * readings in a row, with time between them, must not show a resource before it counts as gone.
 */
@Component
public class Verifications {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ClaimedTasks claims;
    private final Names names;
    private final Surroundings surroundings;

    Verifications(JdbcClient jdbc, JsonMapper json, ClaimedTasks claims, Names names, Surroundings surroundings) {
        this.jdbc = jdbc;
        this.json = json;
        this.claims = claims;
        this.names = names;
        this.surroundings = surroundings;
    }

    /**
     * How absence is proven.
     *
     * @param reads how many readings in a row must not show it
     * @param spacing the time between them
     * @param patience how long it may still be shown
     */
    public record Rules(int reads, Duration spacing, Duration patience) {}

    /** What one reading said. */
    public sealed interface Reading {

        /**
         * It listed these keys and no others.
         *
         * @param complete false where it may leave things out silently
         * @param nameless whether it showed things without a key
         */
        record Listed(Set<String> keys, boolean complete, boolean nameless) implements Reading {}

        /** All that it had listed is there: it is one thing, looked up by name. */
        record Shown() implements Reading {}

        /** It is one thing, looked up by name, and gone. */
        record Gone() implements Reading {}

        /** The list itself is not there: gone with what it lay in, if that is gone, or out of sight with it. */
        record ListGone() implements Reading {}

        /** It could not be read in a way that proves anything. */
        record Unproven(Reason reason, String words) implements Reading {}

        /** The upstream is gone for good. */
        record Retired(String words) implements Reading {}

        /** It is to be tried again after this. */
        record Later(Duration after, Reason reason, String words) implements Reading {}
    }

    /** The DISCOVER tasks of a lane, but of none of these jobs, whose lists are to be read again now. */
    public List<ClaimedTask> due(String lane, int limit, Set<JobId> but) {
        return claims.read(
                jdbc.sql("""
                        with due as (
                            select l.job_id, l.found_by from waiting_lists(:lane) l
                            join job j on j.id = l.job_id and not j.on_hold and j.finished_at is null
                            where l.next_attempt_at <= now() and l.job_id <> all(:but)
                            limit :limit
                        )
                        select d.*, encode(d.cursor, 'base64') as cursor_text, c.owner as place_owner, c.decision,
                               c.place, c.remover, j.phase, j.pass as job_pass, now() as read_at
                        from due v
                        join task d on d.job_id = v.job_id and d.id = v.found_by
                        join job j on j.id = d.job_id
                        join container c on c.job_id = d.job_id and c.id = d.container_id
                        """).param("lane", lane).param("but", Tasks.ids(but)).param("limit", limit));
    }

    /** Writes what a reading means for everything that waited for it by then. Answers what has ended. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<EndedTasks> settle(
            String lane,
            JobId job,
            UUID list,
            Instant dueBy,
            Reading reading,
            Rules rules,
            @Nullable Evidence evidence) {
        Verdict verdict = switch (reading) {
            case Reading.Listed listed ->
                new Verdict("LISTED", listed.keys(), listed.complete(), listed.nameless(), null, null, Duration.ZERO);
            case Reading.Shown ignored -> Verdict.of("SHOWN", Reason.STILL_THERE, null);
            case Reading.Gone ignored -> Verdict.of("GONE", null, null);
            case Reading.ListGone ignored ->
                surroundings.gone(job, list)
                        ? Verdict.of("GONE", null, null)
                        : Verdict.of(
                                "LIST_GONE",
                                Reason.ABSENCE_UNPROVEN,
                                "Its list is not there, and what it lay in is not proven to be gone.");
            case Reading.Unproven unproven -> Verdict.of("UNPROVEN", unproven.reason(), unproven.words());
            case Reading.Retired retired -> Verdict.of("RETIRED", Reason.PROVIDER_GONE, retired.words());
            case Reading.Later later ->
                new Verdict("LATER", Set.of(), false, false, later.reason(), later.words(), later.after());
        };
        return settle(lane, job, list, dueBy, verdict, rules, evidence);
    }

    private record Verdict(
            String how,
            Set<String> keys,
            boolean complete,
            boolean nameless,
            @Nullable Reason reason,
            @Nullable String words,
            Duration after) {

        static Verdict of(String how, @Nullable Reason reason, @Nullable String words) {
            return new Verdict(how, Set.of(), false, false, reason, words, Duration.ZERO);
        }
    }

    private List<EndedTasks> settle(
            String lane,
            JobId job,
            UUID list,
            Instant dueBy,
            Verdict verdict,
            Rules rules,
            @Nullable Evidence evidence) {
        return jdbc.sql("""
                with waiting as (
                    select t.id, t.step, t.covered_by, t.absent_reads, t.kind = 'MANUAL' and t.attempts > 0 as by_hand,
                           case when :how = 'GONE' then 'ABSENT'
                                when :how = 'LIST_GONE' and t.covered_by is not null and t.step <> 2 then 'ABSENT'
                                when :how = 'LIST_GONE' then 'UNPROVEN'
                                when :how = 'SHOWN' then 'PRESENT'
                                when :how = 'LISTED' and t.key_mark = any(:marks)
                                then 'PRESENT'
                                when :how = 'LISTED' and :nameless and t.key_mark like 'unnamed:%' then 'UNPROVEN'
                                when :how = 'LISTED' and (:complete or t.kind <> 'MANUAL') then 'ABSENT'
                                when :how = 'LISTED' then 'UNPROVEN'
                                else :how end as seen,
                           now() > t.verifying_since + make_interval(secs => :patience) as late,
                           now() > greatest(j.due_at, t.verifying_since + make_interval(secs => :patience)) as over
                    from task t join job j on j.id = t.job_id
                    where t.job_id = :job and t.found_by = :list and t.lane = :lane and t.state = 'VERIFYING'
                      and t.next_attempt_at <= :dueBy
                ), judged as (
                    select id, seen,
                           case when seen = 'ABSENT' then absent_reads + 1 when seen = 'LATER' then absent_reads
                                else 0 end as reads,
                           case when seen = 'ABSENT' and absent_reads + 1 >= :reads then
                                     case when step = 2 then 'ABSENT' when by_hand then 'CONFIRMED'
                                          when covered_by is not null then 'COVERED' else 'DELETED' end
                                when seen = 'PRESENT' and by_hand then 'NEEDS_ACTION'
                                when seen = 'UNPROVEN' and by_hand and (late or :how = 'LISTED') then 'CONFIRMED'
                                when seen in ('PRESENT', 'UNPROVEN') and late then 'UNVERIFIED'
                                when seen = 'LATER' and over then 'UNVERIFIED'
                                when seen = 'RETIRED' then 'SOURCE_RETIRED'
                                else 'VERIFYING' end as next
                    from waiting
                ), settled as (
                    update task t
                    set state = j.next, absent_reads = j.reads,
                        reason = case when j.next in ('DELETED', 'ABSENT', 'COVERED', 'CONFIRMED') then null
                                      when j.seen = 'PRESENT' then 'STILL_THERE'
                                      when j.next = 'VERIFYING' and j.seen = 'ABSENT' then null
                                      else :reason end,
                        detail = case when j.next = 'CONFIRMED' and j.seen = 'UNPROVEN'
                                      then 'A person confirmed it; no reading could verify it.'
                                      when j.next in ('DELETED', 'ABSENT', 'COVERED', 'CONFIRMED') then null
                                      when j.next = 'NEEDS_ACTION' then 'It was confirmed as deleted, but it is still there.'
                                      when j.seen = 'PRESENT' then 'It was deleted, but it is still there.'
                                      when j.next = 'VERIFYING' and j.seen = 'ABSENT' then null
                                      else :words end,
                        next_step = case when j.next = 'UNVERIFIED' then 'Look for it in the service itself, then retry.'
                                         when j.next = 'NEEDS_ACTION' then 'Delete it by hand, then confirm it again. '
                                              || coalesce(t.next_step, '')
                                         when j.next = 'VERIFYING' then t.next_step end,
                        next_attempt_at = case when j.next <> 'VERIFYING' then null
                                               when j.seen = 'LATER' then now() + make_interval(secs => :after)
                                               else to_timestamp(ceil(extract(epoch from now()) / :spacing + 0.5) * :spacing)
                                               end,
                        finished_at = case when j.next not in ('VERIFYING', 'NEEDS_ACTION') then now() end,
                        evidence = t.evidence || cast(:evidence as jsonb)
                    from judged j
                    where t.job_id = :job and t.id = j.id
                    returning t.kind, t.state, t.finished_at
                )
                select (select upstream from lane where name = :lane) as upstream, kind, state, count(*)
                from settled where finished_at is not null group by kind, state
                """)
                .param("how", verdict.how())
                .param(
                        "marks",
                        verdict.keys().stream().map(key -> names.mark(job, key)).toArray(String[]::new))
                .param("complete", verdict.complete())
                .param("nameless", verdict.nameless())
                .param("patience", rules.patience().toMillis() / 1000.0)
                .param("job", job.value())
                .param("list", list)
                .param("lane", lane)
                .param("dueBy", dueBy.atOffset(ZoneOffset.UTC))
                .param("reads", rules.reads())
                .param(
                        "reason",
                        verdict.reason() == null
                                ? Reason.ABSENCE_UNPROVEN.name()
                                : verdict.reason().name())
                .param("words", verdict.words() == null ? "Nothing proved its absence." : verdict.words())
                .param("after", verdict.after().toMillis() / 1000.0)
                .param("spacing", Math.max(1, rules.spacing().toMillis()) / 1000.0)
                .param("evidence", evidence == null ? "[]" : "[" + json.writeValueAsString(evidence) + "]")
                .query((row, number) -> EndedTasks.of(row))
                .list();
    }
}
