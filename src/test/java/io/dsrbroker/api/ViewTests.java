package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.shared.JobId;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ViewTests extends ApiTestCase {

    private static final String READER = Tokens.of("ann", "dsr.read");

    /** Puts a task beside those of the job. */
    private UUID task(UUID job, String kind, String state, @Nullable String reason) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                insert into task (job_id, id, target, container_id, kind, type, key, state, reason, detail, lane, owner,
                                  finished_at, evidence)
                select job_id, :id, 0, container_id, :kind, 'gallery-entity', :key, :state, cast(:reason as text), 'why',
                       lane, 'SUBJECT', now(),
                       '[{"row": 1, "method": "GET", "status": 500, "at": "2026-11-02T09:15:00Z"},
                         {"row": 1, "method": "GET", "status": 200, "at": "2026-11-02T09:15:01Z", "bytes": 5}]'
                from task where job_id = :job limit 1
                """)
                .param("job", job)
                .param("id", id)
                .param("kind", kind)
                .param("key", vault.seal(new JobId(job), "task/" + id + "/key", "k".getBytes(StandardCharsets.UTF_8)))
                .param("state", state)
                .param("reason", reason)
                .update();
        return id;
    }

    @Test
    void requestViewHasEveryField() {
        UUID id = submitted();
        task(id, "EXPORT", "INCOMPLETE", "TOKEN_MISSING");
        JsonNode view = json(get("/api/v1/requests/" + id).as(READER).send());
        assertThat(view.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "externalId",
                        "type",
                        "regulation",
                        "status",
                        "stage",
                        "stageReason",
                        "onHold",
                        "receivedAt",
                        "createdAt",
                        "dueAt",
                        "extended",
                        "finishedAt",
                        "createdBy",
                        "counts",
                        "exceptions",
                        "exceptionCount",
                        "outOfScope",
                        "targets",
                        "links");
        assertThat(view.get("finishedAt").isNull()).isTrue();
        assertThat(view.get("status").stringValue()).isEqualTo("PENDING");
        assertThat(view.at("/createdBy/sub").stringValue()).isEqualTo("ann");
        assertThat(view.at("/createdBy/client").stringValue()).isEqualTo("portal");
        assertThat(view.at("/counts/byState/INCOMPLETE").intValue()).isEqualTo(1);
        assertThat(view.at("/exceptions/0/reason").stringValue()).isEqualTo("TOKEN_MISSING");
        assertThat(view.get("exceptionCount").intValue()).isEqualTo(1);
        assertThat(view.get("outOfScope")).isNotEmpty();
        assertThat(view.at("/links/resources").stringValue()).isEqualTo("/api/v1/requests/" + id + "/resources");
        assertThat(view.at("/links/package").stringValue()).isEqualTo("/api/v1/requests/" + id + "/package");
        assertThat(view.at("/links/receipt").stringValue()).isEqualTo("/api/v1/requests/" + id + "/receipt");
        assertThat(view.at("/links/plan").isNull()).isTrue();
    }

    @Test
    void deleteHasAPlan() {
        UUID id = submitted();
        jdbc.sql("update job set type = 'DELETE' where id = ?").param(id).update();
        JsonNode view = json(get("/api/v1/requests/" + id).as(READER).send());
        assertThat(view.at("/links/plan").stringValue()).isEqualTo("/api/v1/requests/" + id + "/plan");
        assertThat(view.at("/links/package").isNull()).isTrue();
    }

    @Test
    void requestIsNotSentAgainWhileNothingChanges() {
        UUID id = submitted();
        HttpResponse<String> first = get("/api/v1/requests/" + id).as(READER).send();
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(get("/api/v1/requests/" + id)
                        .as(READER)
                        .header("If-None-Match", tag)
                        .send()
                        .statusCode())
                .isEqualTo(304);
        task(id, "EXPORT", "EXPORTED", null);
        assertThat(get("/api/v1/requests/" + id)
                        .as(READER)
                        .header("If-None-Match", tag)
                        .send()
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void requestsComeInPagesNewestFirst() {
        String externalId = "page & " + UUID.randomUUID();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(json(submit(EXPORT.replace("portal-1", externalId)))
                    .get("id")
                    .stringValue());
        }
        String query = "?limit=2&type=EXPORT&stage=RECEIVED&status=PENDING&externalId="
                + java.net.URLEncoder.encode(externalId, java.nio.charset.StandardCharsets.UTF_8);
        List<String> seen = follow("/api/v1/requests" + query, "id");
        assertThat(seen).containsExactlyElementsOf(ids);
        JsonNode first = json(get("/api/v1/requests?limit=1").as(READER).send());
        assertThat(first.at("/items/0").has("targets")).isFalse();
        assertThat(first.at("/items/0").has("exceptions")).isTrue();
    }

    /** Follows the links of a list; before each step something is done. */
    private List<String> follow(String path, String field, Runnable... between) {
        List<String> seen = new ArrayList<>();
        String next = path;
        while (next != null) {
            HttpResponse<String> page = get(next).as(READER).send();
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            json(page).get("items").forEach(item -> seen.add(item.get(field).stringValue()));
            JsonNode cursor = json(page).get("next");
            String link = page.headers().firstValue("Link").orElse(null);
            next = link == null ? null : link.replaceAll("<(.*)>; rel=\"next\"", "$1");
            assertThat(cursor.isNull()).isEqualTo(next == null);
            for (Runnable action : between) {
                action.run();
            }
        }
        return seen;
    }

    @Test
    void pagesMissAndRepeatNothingWhileTasksChange() {
        UUID id = submitted();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            all.add(task(id, "EXPORT", "READY", null).toString());
        }
        List<String> seen = follow("/api/v1/requests/" + id + "/resources?limit=4", "taskId", () -> {
            jdbc.sql("update task set state = 'EXPORTED', detail = null where job_id = ? and state = 'READY'")
                    .param(id)
                    .update();
            jdbc.sql("update task set state = 'READY' where job_id = ? and state = 'EXPORTED' and id::text < '8'")
                    .param(id)
                    .update();
        });
        assertThat(seen).doesNotHaveDuplicates().containsAll(all);
    }

    @Test
    void resourcesAreFiltered() {
        UUID id = submitted();
        String exported = task(id, "EXPORT", "EXPORTED", null).toString();
        String incomplete = task(id, "EXPORT", "INCOMPLETE", "TOKEN_MISSING").toString();
        String discovery = task(id, "DISCOVER", "DISCOVERED", null).toString();
        String path = "/api/v1/requests/" + id + "/resources";
        assertThat(follow(path, "taskId")).contains(exported, incomplete).doesNotContain(discovery);
        assertThat(follow(path + "?kind=DISCOVER&state=DISCOVERED", "taskId")).containsExactly(discovery);
        assertThat(follow(path + "?state=EXPORTED", "taskId")).containsExactly(exported);
        assertThat(follow(path + "?state=EXPORTED,INCOMPLETE", "taskId"))
                .containsExactlyInAnyOrder(exported, incomplete);
        assertThat(follow(path + "?state=EXPORTED&state=INCOMPLETE&kind=EXPORT,MANUAL", "taskId"))
                .containsExactlyInAnyOrder(exported, incomplete);
        assertThat(follow(path + "?type=run", "taskId")).isEmpty();
        assertThat(follow(path + "?state=EXPORTED&target=gallery-author-1&type=gallery-entity", "taskId"))
                .containsExactly(exported);
    }

    @Test
    void resourceHasItsNewestEvidenceAndItsHistory() {
        UUID id = submitted();
        UUID task = task(id, "EXPORT", "EXPORTED", null);
        JsonNode view = json(
                get("/api/v1/requests/" + id + "/resources/" + task).as(READER).send());
        assertThat(view.at("/evidence/status").intValue()).isEqualTo(200);
        assertThat(view.at("/history")).hasSize(2);
        assertThat(view.at("/history/0/status").intValue()).isEqualTo(500);
        assertThat(view.has("found")).isFalse();
        assertThat(view.get("retainedUntil").isNull()).isTrue();
        UUID discovery = task(id, "DISCOVER", "DISCOVERED", null);
        assertThat(json(get("/api/v1/requests/" + id + "/resources/" + discovery)
                                .as(READER)
                                .send())
                        .at("/found/others")
                        .intValue())
                .isZero();
        assertProblem(
                get("/api/v1/requests/" + submitted() + "/resources/" + task)
                        .as(READER)
                        .send(),
                404,
                "not-found");
    }

    @Test
    void decisionsAreMadeByOthersOnce() {
        UUID id = submitted();
        UUID task = task(id, "EXPORT", "NEEDS_ACTION", "OWNER_UNKNOWN");
        jdbc.sql("update task set finished_at = null where id = ?").param(task).update();
        String path = "/api/v1/requests/" + id + "/decisions";
        String body = """
                {"decision": "EXCLUDE", "reason": "not hers", "taskIds": ["%s"]}""".formatted(task);
        assertProblem(post(path, body).as(Tokens.of("ann", "dsr.approve")).send(), 403, "same-person");
        String bob = Tokens.of("bob", "dsr.approve");
        var answer = post(path, body).as(bob).send();
        assertThat(answer.body()).isEqualTo("{\"decided\":1}");
        assertThat(post(path, body).as(bob).send().body()).isEqualTo("{\"decided\":0}");
        for (String wrong : List.of(
                "{\"decision\": \"EXCLUDE\", \"reason\": \"r\"}",
                "{\"decision\": \"EXCLUDE\", \"type\": \"run\"}",
                "{\"decision\": \"KEEP\", \"reason\": \"r\", \"type\": \"run\"}",
                "{\"decision\": \"EXCLUDE\", \"reason\": \"r\", \"type\": \"run\", \"taskIds\": [\"%s\"]}"
                        .formatted(task),
                "{\"decision\": \"EXCLUDE\", \"reason\": \"r\", \"taskIds\": []}",
                "{\"decision\": \"EXCLUDE\", \"reason\": \"r\", \"taskIds\": [\"x\"]}",
                "{\"decision\": \"EXCLUDE\", \"reason\": \"r\", \"taskIds\": [\"%s\"]}".formatted(UUID.randomUUID()))) {
            assertProblem(post(path, wrong).as(bob).send(), 422, "validation");
        }
    }

    @Test
    void catalogueNamesEveryRow() {
        JsonNode catalogue = json(get("/api/v1/catalogue").as(READER).send());
        assertThat(catalogue.get("hash").stringValue()).hasSize(64);
        assertThat(catalogue.get("upstreams").findValuesAsString("name"))
                .contains("arm", "gallery-catalog", "model-management", "experiments");
        List<Integer> rows = new ArrayList<>();
        catalogue
                .get("types")
                .forEach(type ->
                        type.get("calls").forEach(call -> call.get("rows").forEach(row -> rows.add(row.intValue()))));
        assertThat(rows).contains(1, 45);
    }
}
