package io.dsrbroker.job;

import io.dsrbroker.shared.CanonicalJson;
import io.dsrbroker.shared.Digests;
import io.dsrbroker.shared.JobId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Identifies a plan: SHA-256 over one line of canonical JSON (RFC 8785) with the catalogue's hash, then one per resource
 * in the order of the task ids.
 */
@Component
class PlanHash {

    private final JdbcClient jdbc;
    private final Names names;

    PlanHash(JdbcClient jdbc, Names names) {
        this.jdbc = jdbc;
        this.names = names;
    }

    /** The hash over everything that this pass found; read row by row. */
    String of(JobId job, int pass, String catalogueHash) {
        MessageDigest digest = Digests.sha256();
        add(digest, Map.of("catalogueHash", catalogueHash));
        jdbc.sql("""
                select p.*, j.name as target_name from plan_item p
                join job_target j on j.job_id = p.job_id and j.ordinal = p.target
                where p.job_id = :job and p.pass = :pass
                order by p.task_id
                """)
                .withFetchSize(1000)
                .param("job", job.value())
                .param("pass", pass)
                .query(row -> {
                    Map<String, @Nullable Object> item = new TreeMap<>();
                    item.put("action", row.getString("action"));
                    item.put("coveredBy", row.getString("covered_by"));
                    item.put(
                            "key",
                            names.open(
                                    job, Names.ofPlanItem(row.getObject("task_id", UUID.class)), row.getBytes("key")));
                    item.put("owner", row.getString("owner"));
                    item.put("person", row.getString("person"));
                    item.put("reason", row.getString("reason"));
                    item.put("target", row.getString("target_name"));
                    item.put("taskId", row.getString("task_id"));
                    item.put("type", row.getString("type"));
                    add(digest, item);
                });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, Map<String, ?> line) {
        digest.update((CanonicalJson.of(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
