package io.dsrbroker.export;

import io.dsrbroker.shared.JobId;
import io.dsrbroker.vault.Vault;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The payloads of some hundred tasks of a job, opened in the tasks' order; it holds a few megabytes at a time. */
final class Shelf {

    private static final long AT_ONCE = 4L << 20;

    private final JobId job;
    private final JdbcClient jdbc;
    private final Vault vault;
    private final ExportStore store;
    private final List<UUID> tasks;
    private final Map<UUID, Map<Integer, Payload>> payloads = new HashMap<>();
    private final Map<String, byte[]> bodies = new HashMap<>();

    /**
     * A payload's row without its body.
     *
     * @param store its key in the export store; null where the row has the body
     */
    record Payload(UUID task, int part, @Nullable String store, String sha256, long bytes) {}

    Shelf(JobId job, List<UUID> tasks, JdbcClient jdbc, Vault vault, ExportStore store) {
        this.job = job;
        this.jdbc = jdbc;
        this.vault = vault;
        this.store = store;
        this.tasks = tasks;
        jdbc.sql("""
                select task_id, part, store, sha256, bytes from payload
                where job_id = :job and task_id = any(:tasks)
                """)
                .param("job", job.value())
                .param("tasks", tasks.toArray(UUID[]::new))
                .query(row -> {
                    Payload payload = new Payload(
                            row.getObject("task_id", UUID.class),
                            row.getInt("part"),
                            row.getString("store"),
                            row.getString("sha256"),
                            row.getLong("bytes"));
                    payloads.computeIfAbsent(payload.task(), task -> new HashMap<>())
                            .put(payload.part(), payload);
                });
    }

    /** A part of a task's payload. */
    @Nullable
    Payload find(UUID task, int part) {
        return payloads.getOrDefault(task, Map.of()).get(part);
    }

    /** Its plain bytes. */
    ContentSource content(Payload payload) {
        String place = Payloads.place(payload.task(), payload.part());
        String key = payload.store();
        if (key == null) {
            return to -> to.write(vault.open(job, place, body(payload, place)));
        }
        return to -> {
            try (InputStream in = vault.opening(job, place, store.open(key), 0)) {
                in.transferTo(to);
            }
        };
    }

    private byte[] body(Payload payload, String place) {
        byte[] ready = bodies.remove(place);
        if (ready == null) {
            fetchFrom(payload.task());
            ready = bodies.remove(place);
        }
        if (ready == null) {
            throw new MissingPayload(job, payload.task());
        }
        return ready;
    }

    /** Fetches the bodies of this task and of those behind it, as long as they are not too much together. */
    private void fetchFrom(UUID first) {
        bodies.clear();
        List<UUID> wanted = new ArrayList<>();
        long sum = 0;
        for (UUID task : tasks.subList(tasks.indexOf(first), tasks.size())) {
            sum += payloads.getOrDefault(task, Map.of()).values().stream()
                    .filter(payload -> payload.store() == null)
                    .mapToLong(Payload::bytes)
                    .sum();
            if (sum > AT_ONCE && !wanted.isEmpty()) {
                break;
            }
            wanted.add(task);
        }
        jdbc.sql("""
                select task_id, part, body from payload
                where job_id = :job and task_id = any(:tasks) and body is not null
                """)
                .param("job", job.value())
                .param("tasks", wanted.toArray(UUID[]::new))
                .query(row -> {
                    bodies.put(
                            Payloads.place(row.getObject("task_id", UUID.class), row.getInt("part")),
                            row.getBytes("body"));
                });
    }
}
