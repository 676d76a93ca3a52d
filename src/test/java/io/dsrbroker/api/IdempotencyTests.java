package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

class IdempotencyTests extends ApiTestCase {

    @Autowired
    IdempotencyKeys keys;

    @Autowired
    DataSource dataSource;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Clock clock;

    private final String key = UUID.randomUUID().toString();

    private String body(String externalId) {
        return EXPORT.replace("portal-1", externalId);
    }

    private long jobs(String externalId) {
        return jdbc.sql("select count(*) from job where external_id = ?")
                .param(externalId)
                .query(Long.class)
                .single();
    }

    @Test
    void sameKeyAndBodyGetsTheFirstAnswerAgain() {
        HttpResponse<String> first = submit(body(key), key);
        assertThat(first.statusCode()).isEqualTo(202);
        jdbc.sql("update job set on_hold = true where external_id = ?")
                .param(key)
                .update();
        String reordered = """
                {"targets":[{"kind":"gallery-author"}],   "subject":{"galleryAuthorId":"%s"},
                 "externalId":"%s", "type":"EXPORT"}""".formatted(AUTHOR, key);
        HttpResponse<String> second = submit(reordered, "\"" + key + "\"");
        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(first.headers().firstValue("Location"))
                .contains("/api/v1/requests/" + json(first).get("id").stringValue());
        assertThat(jobs(key)).isEqualTo(1);
    }

    @Test
    void sameKeyWithAnotherBodyIsRefused() {
        submit(body(key), key);
        assertProblem(submit(body(key + "x"), key), 422, "idempotency-key-reused");
        assertThat(jobs(key + "x")).isZero();
    }

    @Test
    void keysOfOtherClientsAreOtherKeys() {
        submit(body(key), key);
        String other = Tokens.with(claims -> claims.claim("scope", "dsr.create").claim("azp", "other-portal"));
        var answer = post("/api/v1/requests", body(key + "x"))
                .as(other)
                .header("Idempotency-Key", key)
                .send();
        assertThat(answer.statusCode()).isEqualTo(202);
    }

    @Test
    void refusedRequestLeavesTheKeyUnused() {
        assertProblem(submit("{}", key), 422, "validation");
        assertThat(submit(body(key), key).statusCode()).isEqualTo(202);
    }

    @Test
    void keyIsFreeAgainAfterADay() {
        submit(body(key), key);
        jdbc.sql("update idempotency_key set created_at = created_at - interval '24 hours' where key = ?")
                .param(key)
                .update();
        assertThat(submit(body(key + "x"), key).statusCode()).isEqualTo(202);
        assertProblem(submit(body(key), key), 422, "idempotency-key-reused");
    }

    @Test
    void missingAndImpossibleKeysAreRefused() {
        String token = Tokens.of("ann", "dsr.create");
        assertProblem(post("/api/v1/requests", EXPORT).as(token).send(), 400, "idempotency-key-missing");
        assertProblem(submit(EXPORT, "  "), 400, "idempotency-key-missing");
        for (String impossible : List.of("k".repeat(256), "\"\"", "\"open")) {
            assertProblem(submit(EXPORT, impossible), 400, "idempotency-key-invalid");
        }
        assertProblem(
                post("/api/v1/requests", EXPORT)
                        .as(token)
                        .header("Idempotency-Key", "one")
                        .header("Idempotency-Key", "two")
                        .send(),
                400,
                "idempotency-key-invalid");
        assertThat(submit(body(key), key + "k".repeat(255 - key.length())).statusCode())
                .isEqualTo(202);
    }

    @Test
    void fiftyAtOnceMakeOneJob() throws Exception {
        Callable<HttpResponse<String>> sending = () -> submit(body(key), key);
        List<Future<HttpResponse<String>>> answers;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = threads.invokeAll(java.util.Collections.nCopies(50, sending));
        }
        assertThat(jobs(key)).isEqualTo(1);
        String first = submit(body(key), key).body();
        for (Future<HttpResponse<String>> future : answers) {
            HttpResponse<String> answer = future.get();
            if (answer.statusCode() == 202) {
                assertThat(answer.body()).isEqualTo(first);
            } else {
                assertProblem(answer, 409, "idempotency-in-flight");
            }
        }
        assertThat(answers).anyMatch(answer -> answer.resultNow().statusCode() == 202);
    }

    @Test
    void crashBetweenLockAndAnswerLeavesTheKeyUnlocked() throws Exception {
        long lock = new IdempotencyKey("client:portal", key).lock();
        try (Connection replica = dataSource.getConnection()) {
            replica.setAutoCommit(false);
            try (Statement statement = replica.createStatement()) {
                statement.execute("select pg_advisory_xact_lock(" + lock + ")");
                assertProblem(submit(body(key), key), 409, "idempotency-in-flight");
                jdbc.sql("""
                        select pg_terminate_backend(pid) from pg_locks
                        where locktype = 'advisory' and granted
                          and ((classid::bigint << 32) | objid::bigint) = :lock
                        """)
                        .param("lock", lock)
                        .query((row, number) -> row.getBoolean(1))
                        .list();
            }
        } catch (SQLException e) {
            // The connection was cut, which is the point.
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> submit(body(key), key).statusCode() == 202);
        assertThat(jobs(key)).isEqualTo(1);
    }

    @Test
    void expiredKeysAreDeletedABatchAtATimeAndOthersStay() {
        submit(body(key), key);
        jdbc.sql("delete from idempotency_key where key <> ?").param(key).update();
        jdbc.sql("""
                insert into idempotency_key (client, key, fingerprint, job_id, answer, created_at)
                select client, key || n, fingerprint, job_id, answer, created_at - interval '24 hours'
                from idempotency_key cross join generate_series(1, 5) as n
                """).update();
        assertThat(keys.deleteExpired(clock.instant(), 3)).isEqualTo(3);
        assertThat(keys.deleteExpired(clock.instant(), 3)).isEqualTo(2);
        assertThat(keys.deleteExpired(clock.instant(), 3)).isZero();
        assertThat(jdbc.sql("select key from idempotency_key")
                        .query(String.class)
                        .list())
                .containsExactly(key);
        assertThat(submit(body(key + "x"), key + "1").statusCode()).isEqualTo(202);
    }

    @Test
    void expiredKeyThatIsBeingUsedAnewIsNotDeleted() {
        submit(body(key), key);
        jdbc.sql("update idempotency_key set created_at = created_at - interval '24 hours' where key = ?")
                .param(key)
                .update();
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select key from idempotency_key where key = ? for update")
                    .param(key)
                    .query(String.class)
                    .single();
            try (ExecutorService other = Executors.newSingleThreadExecutor()) {
                assertThat(other.submit(() -> keys.deleteExpired(clock.instant(), 1000)))
                        .succeedsWithin(Duration.ofSeconds(10));
            }
        });
        assertThat(jdbc.sql("select count(*) from idempotency_key where key = ?")
                        .param(key)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(keys.deleteExpired(clock.instant(), 1000)).isPositive();
    }
}
