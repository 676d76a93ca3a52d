package io.dsrbroker.job;

import io.dsrbroker.shared.CanonicalJson;
import io.dsrbroker.shared.Digests;
import io.dsrbroker.shared.JobId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the tasks of a job came to, without what they are about: never a key, never a detail. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Outcomes {

    private static final TypeReference<List<Object>> EVIDENCE = new TypeReference<>() {};
    private static final int PART = 1000;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Outcomes(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * All tasks of a job.
     *
     * @param counts by state, the tasks of discovery too
     * @param hash SHA-256 over one line of RFC 8785 JSON for each task in the order of their ids: evidence, finishedAt,
     *     id, kind, reason, state, type; each line ends with a line feed
     */
    public record Sum(Map<String, Long> counts, String hash) {}

    /** How many tasks of a kind and type are in a state. */
    public record Count(TaskKind kind, String type, TaskState state, long tasks) {}

    /** A task that ended as an exception. */
    public record Exceptional(
            UUID taskId,
            String target,
            String type,
            TaskState state,
            @Nullable Reason reason) {}

    /**
     * The exceptions of a job in the order of their ids.
     *
     * @param named the first of them
     * @param count how many there are
     * @param hash SHA-256 over one line of RFC 8785 JSON for each of them; each line ends with a line feed
     */
    public record Exceptions(List<Exceptional> named, long count, String hash) {}

    /**
     * The proofs of absence.
     *
     * @param resources how many were proven to be gone, or not to have been there
     * @param first when the first proof came; null where there is none
     */
    public record Proofs(
            long resources,
            @Nullable Instant first,
            @Nullable Instant last) {}

    /** What all tasks add up to; reads one after the other. */
    public Sum sum(JobId job) {
        MessageDigest digest = Digests.sha256();
        Map<String, Long> counts = new TreeMap<>();
        jdbc.sql("""
                select id, kind, type, state, reason, finished_at, evidence
                from every_task where job_id = :job order by id
                """).withFetchSize(PART).param("job", job.value()).query(row -> {
            counts.merge(row.getString("state"), 1L, Long::sum);
            addLine(digest, outcome(row));
        });
        return new Sum(counts, HexFormat.of().formatHex(digest.digest()));
    }

    private Map<String, @Nullable Object> outcome(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> line = new HashMap<>();
        OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
        line.put("id", row.getString("id"));
        line.put("kind", row.getString("kind"));
        line.put("type", row.getString("type"));
        line.put("state", row.getString("state"));
        line.put("reason", row.getString("reason"));
        line.put("finishedAt", finished == null ? null : finished.toInstant().toString());
        line.put("evidence", json.readValue(row.getString("evidence"), EVIDENCE));
        return line;
    }

    private static void addLine(MessageDigest digest, Map<String, ?> line) {
        digest.update((CanonicalJson.of(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** How many tasks there are of which kind and type in which state. */
    public List<Count> counts(JobId job) {
        return jdbc.sql("""
                        select kind, type, state, count(*) as tasks from every_task where job_id = :job
                        group by kind, type, state order by kind, type, state
                        """)
                .param("job", job.value())
                .query((row, number) -> new Count(
                        TaskKind.valueOf(row.getString("kind")),
                        row.getString("type"),
                        TaskState.valueOf(row.getString("state")),
                        row.getLong("tasks")))
                .list();
    }

    /** All exceptions, but by name no more than {@code most}. */
    public Exceptions exceptions(JobId job, int most) {
        MessageDigest digest = Digests.sha256();
        List<Exceptional> named = new ArrayList<>();
        long[] count = {0};
        jdbc.sql("""
                select t.id, t.type, t.state, t.reason, j.name as target_name
                from every_task t join job_target j on j.job_id = t.job_id and j.ordinal = t.target
                where t.job_id = :job and t.state = any(:states) order by t.id
                """)
                .withFetchSize(PART)
                .param("job", job.value())
                .param(
                        "states",
                        TaskViews.exceptions().stream().map(TaskState::name).toArray(String[]::new))
                .query(row -> {
                    Exceptional found = exceptional(row);
                    addLine(digest, line(found));
                    if (count[0]++ < most) {
                        named.add(found);
                    }
                });
        return new Exceptions(named, count[0], HexFormat.of().formatHex(digest.digest()));
    }

    private static Exceptional exceptional(ResultSet row) throws SQLException {
        String reason = row.getString("reason");
        return new Exceptional(
                row.getObject("id", UUID.class),
                row.getString("target_name"),
                row.getString("type"),
                TaskState.valueOf(row.getString("state")),
                reason == null ? null : Reason.valueOf(reason));
    }

    /** An exception as a receipt names it. */
    public static Map<String, @Nullable Object> line(Exceptional exception) {
        Map<String, @Nullable Object> line = new HashMap<>();
        line.put("taskId", exception.taskId().toString());
        line.put("target", exception.target());
        line.put("type", exception.type());
        line.put("state", exception.state().name());
        line.put(
                "reason", exception.reason() == null ? null : exception.reason().name());
        return line;
    }

    /** When absences were proven. */
    public Proofs proofs(JobId job) {
        return jdbc.sql("""
                        select count(*) as resources, min(finished_at) as first, max(finished_at) as last
                        from every_task where job_id = :job and kind = 'DELETE' and state in ('DELETED', 'ABSENT', 'COVERED')
                        """)
                .param("job", job.value())
                .query((row, number) ->
                        new Proofs(row.getLong("resources"), instant(row, "first"), instant(row, "last")))
                .single();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
