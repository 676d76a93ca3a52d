package io.dsrbroker.callback;

import io.dsrbroker.job.StageChanged;
import io.dsrbroker.shared.JobId;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The outbox: one row per callback, due by its own time, which is PostgreSQL's. */
@Component
class CallbackRows {

    private static final String LOCK = "hashtextextended('dsr-broker callback ' || :host, 0)";

    private final JdbcClient jdbc;

    CallbackRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Keeps the instance of a host from being removed until the transaction ends; to be called before a callback to it
     * is written down or replayed.
     */
    void keep(String host) {
        jdbc.sql("select pg_advisory_xact_lock_shared(" + LOCK + ")")
                .param("host", host)
                .query((row, number) -> number)
                .list();
    }

    /**
     * Keeps others from writing callbacks to a host down until the transaction ends. Answers false where somebody is doing
     * so; to wait for them could be to wait in a circle.
     */
    boolean lockOut(String host) {
        return jdbc.sql("select pg_try_advisory_xact_lock(" + LOCK + ")")
                .param("host", host)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    /** Writes a callback down; once the portal has said that it is gone, only for the record. Answers whether it is due. */
    boolean add(UUID id, StageChanged change, String host, String body) {
        return jdbc.sql("""
                        insert into callback (id, job_id, seq, stage, host, body, state, created_at, next_attempt_at)
                        select :id, :job, :seq, :stage, :host, :body, case when gone then 'GONE' else 'PENDING' end, :at,
                               case when gone then null else clock_timestamp() end
                        from (select exists (select from callback_gone where job_id = :job)) as portal(gone)
                        returning state = 'PENDING'
                        """)
                .param("id", id)
                .param("job", change.job().value())
                .param("seq", change.seq())
                .param("stage", change.stage().name())
                .param("host", host)
                .param("body", body)
                .param("at", change.at().atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    /** The next callback to a host, none of these jobs; of a job the oldest that is due. */
    Optional<Pending> next(String host, Collection<UUID> busy) {
        return jdbc.sql("""
                        select id, job_id, body, attempts, tries, replays from callback c
                        where host = :host and state = 'PENDING' and next_attempt_at <= now() and job_id <> all(:busy)
                          and not exists (select from callback e
                                          where e.job_id = c.job_id and e.seq < c.seq and e.state = 'PENDING'
                                            and e.next_attempt_at <= now())
                        order by next_attempt_at limit 1
                        """)
                .param("host", host)
                .param("busy", busy.toArray(UUID[]::new))
                .query((row, number) -> new Pending(
                        row.getObject("id", UUID.class),
                        new JobId(row.getObject("job_id", UUID.class)),
                        row.getString("body"),
                        row.getInt("attempts"),
                        row.getInt("tries"),
                        row.getInt("replays")))
                .optional();
    }

    /** When the next callback to a host is due. */
    Optional<Instant> nextAt(String host) {
        return jdbc.sql("""
                        select next_attempt_at from callback where host = :host and state = 'PENDING'
                        order by next_attempt_at limit 1
                        """)
                .param("host", host)
                .query((row, number) ->
                        row.getObject("next_attempt_at", OffsetDateTime.class).toInstant())
                .optional();
    }

    /** Whether something is due at a host. */
    boolean due(String host) {
        return jdbc.sql("""
                        select exists (select from callback
                                       where host = :host and state = 'PENDING' and next_attempt_at <= now())
                        """)
                .param("host", host)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    void delivered(Pending sent, int status) {
        jdbc.sql("""
                update callback
                set state = 'DELIVERED', attempts = attempts + 1, last_status = :status, last_error = null,
                    next_attempt_at = null, delivered_at = now()
                where id = :id and state = 'PENDING' and attempts = :attempts and replays = :replays
                """)
                .param("id", sent.id())
                .param("attempts", sent.attempts())
                .param("replays", sent.replays())
                .param("status", status)
                .update();
    }

    /** Tries it again after a while. */
    void waiting(Pending sent, Verdict.Failed failed, Duration wait) {
        jdbc.sql("""
                update callback
                set attempts = attempts + 1, tries = tries + 1, last_status = :status, last_error = :error,
                    next_attempt_at = now() + make_interval(secs => :seconds)
                where id = :id and state = 'PENDING' and attempts = :attempts and replays = :replays
                """)
                .param("id", sent.id())
                .param("attempts", sent.attempts())
                .param("replays", sent.replays())
                .param("status", failed.status(), java.sql.Types.INTEGER)
                .param("error", failed.words())
                .param("seconds", wait.toMillis() / 1000.0)
                .update();
    }

    void failed(Pending sent, Verdict.Failed failed) {
        jdbc.sql("""
                update callback
                set state = 'FAILED', attempts = attempts + 1, tries = tries + 1, last_status = :status,
                    last_error = :error, next_attempt_at = null
                where id = :id and state = 'PENDING' and attempts = :attempts and replays = :replays
                """)
                .param("id", sent.id())
                .param("attempts", sent.attempts())
                .param("replays", sent.replays())
                .param("status", failed.status(), java.sql.Types.INTEGER)
                .param("error", failed.words())
                .update();
    }

    /** Ends this and every other callback of the job that has not been delivered, and those to come. */
    void gone(Pending sent, int status) {
        jdbc.sql("""
                with answered as (
                    select job_id from callback where id = :id and state = 'PENDING' and attempts = :attempts and replays = :replays
                ), noted as (
                    insert into callback_gone (job_id, since) select job_id, now() from answered on conflict do nothing
                )
                update callback c
                set state = 'GONE', next_attempt_at = null, last_error = :error,
                    attempts = attempts + case when id = :id then 1 else 0 end,
                    last_status = case when id = :id then :status else last_status end
                from answered a
                where c.job_id = a.job_id and c.state = 'PENDING'
                """)
                .param("id", sent.id())
                .param("attempts", sent.attempts())
                .param("replays", sent.replays())
                .param("status", status)
                .param("error", Words.GONE)
                .update();
    }
}
