package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import io.dsrbroker.job.Progress;
import io.dsrbroker.shared.JobId;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

class CallbacksTests extends ApiTestCase {

    private static final String WITH_CALLBACK = EXPORT.replace(
            "\"externalId\"", "\"callbackUrl\": \"https://portal.internal/dsr?token=1\", \"externalId\"");

    @Autowired
    Progress progress;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Task<Void> callbackHostTask;

    @Autowired
    DataSource database;

    private UUID told() {
        UUID id = UUID.fromString(json(submit(WITH_CALLBACK)).get("id").stringValue());
        jdbc.sql("update task set attempts = 1 where job_id = ?").param(id).update();
        return id;
    }

    private JsonNode list(UUID id, String query) {
        return json(get("/api/v1/requests/" + id + "/callbacks" + query)
                .as(Tokens.of("ann", "dsr.read"))
                .send());
    }

    private java.net.http.HttpResponse<String> replay(String path, String... scopes) {
        return call("POST", "/api/v1/requests/" + path)
                .as(Tokens.of("opal", scopes))
                .send();
    }

    @Test
    void stageChangeWritesACallbackAndSchedulesItsHost() {
        UUID id = told();
        progress.reconsider(new JobId(id));
        JsonNode callback = list(id, "").at("/items/0");
        assertThat(callback.get("stage").stringValue()).isEqualTo("IN_PROGRESS");
        assertThat(callback.get("state").stringValue()).isEqualTo("PENDING");
        assertThat(callback.get("attempts").intValue()).isZero();
        assertThat(callback.get("nextAttemptAt").isNull()).isFalse();
        assertThat(jdbc.sql("select task_instance from scheduled_tasks where task_name = 'callback'")
                        .query(String.class)
                        .list())
                .containsExactly("portal.internal:443");
    }

    @Test
    void urlThatCannotBeOpenedStopsNoStageAndIsAFailedTry() {
        jdbc.sql("delete from callback").update();
        UUID id = told();
        jdbc.sql("update job set callback_url = '\\x00' where id = ?").param(id).update();
        progress.reconsider(new JobId(id));
        Scheduler real = Scheduler.create(database, callbackHostTask)
                .threads(1)
                .pollingInterval(Duration.ofMillis(50))
                .build();
        real.start();
        try {
            JsonNode tried = Awaitility.await()
                    .until(
                            () -> list(id, "").at("/items/0"),
                            callback -> callback.get("attempts").intValue() == 1);
            assertThat(tried.get("state").stringValue()).isEqualTo("PENDING");
            assertThat(tried.get("lastError").stringValue()).contains("could not be opened");
        } finally {
            real.stop();
        }
    }

    @Test
    void transitionThatIsRolledBackLeavesNoCallback() {
        UUID id = told();
        transaction.executeWithoutResult(status -> {
            progress.reconsider(new JobId(id));
            assertThat(jdbc.sql("select count(*) from callback where job_id = ?")
                            .param(id)
                            .query(Long.class)
                            .single())
                    .isEqualTo(1);
            status.setRollbackOnly();
        });
        assertThat(list(id, "").get("items")).isEmpty();
    }

    @Test
    void requestWithoutACallbackUrlHasNone() {
        UUID id = submitted();
        jdbc.sql("update task set attempts = 1 where job_id = ?").param(id).update();
        progress.reconsider(new JobId(id));
        assertThat(list(id, "").get("items")).isEmpty();
        var answer = replay(id + "/callbacks/replay", "dsr.operate");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).get("replayed").intValue()).isZero();
    }

    @Test
    void listComesInPages() {
        UUID id = told();
        progress.reconsider(new JobId(id));
        jdbc.sql("""
                insert into callback (id, job_id, seq, stage, host, body, state, attempts, created_at)
                select gen_random_uuid(), job_id, seq + 1, 'COMPLETED', host, body, 'FAILED', 10, now()
                from callback where job_id = ?
                """).param(id).update();
        JsonNode first = list(id, "?limit=1");
        assertThat(first.get("items")).hasSize(1);
        JsonNode second = list(id, "?limit=1&cursor=" + first.get("next").stringValue());
        assertThat(second.at("/items/0/stage").stringValue()).isEqualTo("COMPLETED");
        assertThat(second.get("next").isNull()).isTrue();
        assertProblem(
                get("/api/v1/requests/" + id + "/callbacks?cursor=nonsense")
                        .as(Tokens.of("ann", "dsr.read"))
                        .send(),
                400,
                "invalid-parameter");
    }

    @Test
    void unknownRequestOrCallbackReturns404() {
        UUID id = told();
        UUID unknown = UUID.randomUUID();
        assertProblem(replay(id + "/callbacks/" + unknown + "/replay", "dsr.operate"), 404, "not-found");
        assertProblem(replay(unknown + "/callbacks/replay", "dsr.operate"), 404, "not-found");
        assertProblem(replay(unknown + "/callbacks/" + unknown + "/replay", "dsr.operate"), 404, "not-found");
        assertProblem(
                get("/api/v1/requests/" + unknown + "/callbacks")
                        .as(Tokens.of("ann", "dsr.read"))
                        .send(),
                404,
                "not-found");
    }

    @Test
    void callbackOfAnotherRequestReturns404AndStaysAsItIs() {
        UUID id = told();
        progress.reconsider(new JobId(id));
        jdbc.sql("update callback set state = 'FAILED', next_attempt_at = null where job_id = ?")
                .param(id)
                .update();
        String webhook = list(id, "").at("/items/0/webhookId").stringValue();
        assertProblem(replay(told() + "/callbacks/" + webhook + "/replay", "dsr.operate"), 404, "not-found");
        assertThat(list(id, "").at("/items/0/state").stringValue()).isEqualTo("FAILED");
    }

    @Test
    void replayNeedsTheScopeOfOperators() {
        UUID id = told();
        assertProblem(replay(id + "/callbacks/replay", "dsr.read"), 403, "forbidden");
        assertProblem(replay(id + "/callbacks/" + UUID.randomUUID() + "/replay", "dsr.create"), 403, "forbidden");
    }
}
