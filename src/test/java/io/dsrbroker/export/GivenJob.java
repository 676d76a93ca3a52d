package io.dsrbroker.export;

import io.dsrbroker.job.Reason;
import io.dsrbroker.job.TargetKind;
import io.dsrbroker.job.TaskKind;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.shared.Digests;
import io.dsrbroker.shared.JobId;
import io.dsrbroker.shared.Uuids;
import io.dsrbroker.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A job whose tasks have ended, as the lanes would have left it. */
final class GivenJob {

    private static final int CHUNK = 1000;

    static final Instant RECEIVED = Instant.parse("2026-11-02T09:15:00Z");
    static final Instant FETCHED = Instant.parse("2026-11-03T10:20:30Z");
    static final Instant ENDED = Instant.parse("2026-11-03T10:20:31Z");

    final JobId id = new JobId(Uuids.at(RECEIVED));
    private final JdbcClient jdbc;
    private final Payloads payloads;
    private final TransactionTemplate transaction;
    private final Vault vault;
    private final Map<String, Integer> targets = new HashMap<>();
    private final Map<String, UUID> containers = new HashMap<>();

    GivenJob(JdbcClient jdbc, Payloads payloads, TransactionTemplate transaction, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.payloads = payloads;
        this.transaction = transaction;
        transaction.executeWithoutResult(status -> vault.begin(id));
        jdbc.sql("""
                insert into job (id, type, export_first, regulation, external_id, stage, received_at, created_at,
                                 due_at, created_by_sub, catalogue_hash, subject, version)
                values (:id, 'EXPORT', false, 'GDPR', 'portal-4711', 'IN_PROGRESS', :at, :at, :at, 'clerk', 'c0ffee',
                        '\\x7b7d', 0)
                """)
                .param("id", id.value())
                .param("at", RECEIVED.atOffset(ZoneOffset.UTC))
                .update();
    }

    GivenJob target(String name, TargetKind kind) {
        targets.put(name, targets.size());
        jdbc.sql("""
                insert into job_target (job_id, ordinal, name, named, kind, resource_group, account)
                values (:job, :ordinal, :name, true, :kind, 'rg', 'account')
                """)
                .param("job", id.value())
                .param("ordinal", targets.size() - 1)
                .param("name", name)
                .param("kind", kind.name())
                .update();
        return this;
    }

    /** A task in this folder, whose first segment is the target's name. */
    UUID task(
            String folder, TaskKind kind, String type, @Nullable String key, TaskState state, @Nullable Reason reason) {
        UUID task = Uuids.derived(id.value(), folder, kind.name(), type, String.valueOf(key));
        String target = folder.contains("/") ? folder.substring(0, folder.indexOf('/')) : folder;
        jdbc.sql("""
                insert into task (job_id, id, target, container_id, kind, type, key, state, reason, detail, next_step,
                                  lane, finished_at, evidence)
                values (:job, :id, :target, :container, :kind, :type, :key, :state, :reason, :detail, :next, 'lane',
                        :ended, cast(:evidence as jsonb))
                """)
                .param("job", id.value())
                .param("id", task)
                .param("target", targets.get(target))
                .param("container", container(folder, target))
                .param("kind", kind.name())
                .param("type", type)
                .param("key", key == null ? null : sealed("task/" + task + "/key", key), Types.BINARY)
                .param("state", state.name())
                .param("reason", reason == null ? null : reason.name())
                .param("detail", reason == null ? null : "Detail of it.")
                .param("next", reason == null ? null : "Do <this>.")
                .param("ended", state.terminal() ? ENDED.atOffset(ZoneOffset.UTC) : null)
                .param("evidence", "[{\"row\": 32, \"method\": \"GET\", \"status\": 200, \"at\": \"" + FETCHED + "\"}]")
                .update();
        return task;
    }

    private UUID container(String folder, String target) {
        return containers.computeIfAbsent(folder, path -> {
            UUID container = Uuids.derived(id.value(), path);
            jdbc.sql("""
                    insert into container (job_id, id, target, owner, place, place_mark)
                    values (:job, :id, :target, 'UNKNOWN', :place, '')
                    """)
                    .param("job", id.value())
                    .param("id", container)
                    .param("target", targets.get(target))
                    .param(
                            "place",
                            sealed("container/" + container + "/place", "{\"variables\":{},\"path\":\"" + path + "\"}"))
                    .update();
            return container;
        });
    }

    UUID exported(String folder, String type, String key) {
        return task(folder, TaskKind.EXPORT, type, key, TaskState.EXPORTED, null);
    }

    /** An exported task with its document. */
    UUID document(String folder, String type, String key, String document) {
        UUID task = exported(folder, type, key);
        payload(task, Payloads.DOCUMENT, document);
        return task;
    }

    GivenJob payload(UUID task, int part, String document) {
        Payloads.Batch batch = payloads.batch();
        batch.add(id, task, part, document.getBytes(StandardCharsets.UTF_8));
        transaction.executeWithoutResult(status -> payloads.keep(batch));
        return this;
    }

    /** An exported content in the export store. */
    UUID content(String folder, String key, ContentSource content) throws IOException {
        UUID task = exported(folder, "artifact-content", key);
        StoredContent stored = payloads.receive(id, task, content);
        Payloads.Batch batch = payloads.batch();
        batch.add(id, task, Payloads.DOCUMENT, stored);
        transaction.executeWithoutResult(status -> payloads.keep(batch));
        return task;
    }

    /** Many tasks with small documents. */
    void documents(String folder, String type, int number) {
        document(folder, type, "first", "{}");
        for (int first = 2; first <= number; first += CHUNK) {
            documents(type, IntStream.range(first, Math.min(first + CHUNK, number + 1)));
        }
    }

    private void documents(String type, IntStream numbers) {
        Payloads.Batch batch = payloads.batch();
        List<UUID> ids = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        numbers.forEach(number -> {
            UUID task = UUID.randomUUID();
            String key = "key-" + number;
            ids.add(task);
            keys.add(Base64.getEncoder().encodeToString(sealed("task/" + task + "/key", key)));
            String log = HexFormat.of().formatHex(Digests.sha256().digest(key.getBytes(StandardCharsets.UTF_8)));
            batch.add(
                    id,
                    task,
                    Payloads.DOCUMENT,
                    ("{\"runId\":\"" + key + "\",\"log\":\"" + log.repeat(30) + "\"}")
                            .getBytes(StandardCharsets.UTF_8));
        });
        jdbc.sql("""
                insert into task (job_id, id, target, container_id, kind, type, key, state, lane, finished_at, evidence)
                select t.job_id, g.id, t.target, t.container_id, t.kind, t.type, decode(g.key, 'base64'), t.state, t.lane,
                       t.finished_at, t.evidence
                from (select * from task where job_id = :job and type = :type limit 1) t,
                     unnest(:ids, :keys) as g(id, key)
                """)
                .param("job", id.value())
                .param("type", type)
                .param("ids", ids.toArray(UUID[]::new))
                .param("keys", keys.toArray(String[]::new))
                .update();
        transaction.executeWithoutResult(status -> payloads.keep(batch));
    }

    private byte[] sealed(String place, String name) {
        return vault.seal(id, place, name.getBytes(StandardCharsets.UTF_8));
    }

    static ContentSource noise(long megabytes) {
        byte[] block = new byte[1 << 20];
        byte[] part = new byte[1 << 16];
        new Random(1).nextBytes(part);
        System.arraycopy(part, 0, block, 0, part.length);
        return to -> {
            for (long i = 0; i < megabytes; i++) {
                to.write(block);
            }
        };
    }
}
