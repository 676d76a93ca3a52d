package io.dsrbroker.api;

import io.dsrbroker.shared.JobId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keys that were used in the last 24 hours, and what was answered. */
@Component
class IdempotencyKeys {

    private static final Duration LIFETIME = Duration.ofHours(24);

    private final JdbcClient jdbc;

    IdempotencyKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a key was used for. */
    record Used(String fingerprint, Accepted answer) {}

    /** Keeps everyone else from using this key until the transaction ends. */
    void lock(IdempotencyKey key) {
        boolean alone = jdbc.sql("select pg_try_advisory_xact_lock(:lock)")
                .param("lock", key.lock())
                .query((row, number) -> row.getBoolean(1))
                .single();
        if (!alone) {
            throw new IdempotencyInFlight();
        }
    }

    Optional<Used> find(IdempotencyKey key, Instant now) {
        return jdbc.sql("""
                        select fingerprint, job_id, answer from idempotency_key
                        where client = :client and key = :key and created_at > :since
                        """)
                .param("client", key.owner())
                .param("key", key.value())
                .param("since", now.minus(LIFETIME).atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Used(
                        row.getString("fingerprint"),
                        new Accepted(new JobId(row.getObject("job_id", UUID.class)), row.getString("answer"))))
                .optional();
    }

    /** Keeps an answer; one that is older than a day gives way. */
    void keep(IdempotencyKey key, String fingerprint, Accepted answer, Instant now) {
        jdbc.sql("""
                insert into idempotency_key (client, key, fingerprint, job_id, answer, created_at)
                values (:client, :key, :fingerprint, :job, :answer, :now)
                on conflict (client, key) do update
                set fingerprint = excluded.fingerprint, job_id = excluded.job_id, answer = excluded.answer,
                    created_at = excluded.created_at
                """)
                .param("client", key.owner())
                .param("key", key.value())
                .param("fingerprint", fingerprint)
                .param("job", answer.id().value())
                .param("answer", answer.body())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Deletes at most so many keys that count no more; one that is being used anew stays. Answers how many. */
    int deleteExpired(Instant now, int most) {
        return jdbc.sql("""
                        with expired as (
                            select client, key from idempotency_key where created_at <= :since
                            order by created_at limit :most for update skip locked
                        )
                        delete from idempotency_key k using expired e where k.client = e.client and k.key = e.key
                        """)
                .param("since", now.minus(LIFETIME).atOffset(ZoneOffset.UTC))
                .param("most", most)
                .update();
    }
}
