package io.dsrbroker.export;

import io.dsrbroker.job.TasksExcluded;
import io.dsrbroker.shared.Digests;
import io.dsrbroker.shared.JobId;
import io.dsrbroker.vault.Vault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What was exported, sealed: documents in the database, contents in the export store. */
@Component
public class Payloads {

    /** The part that is the document or content. */
    public static final int DOCUMENT = 0;

    /** The part that is the URI kept beside a document. */
    public static final int URI = 1;

    private final JdbcTemplate batches;
    private final JdbcClient jdbc;
    private final Vault vault;
    private final SealedStore contents;

    Payloads(JdbcTemplate batches, JdbcClient jdbc, Vault vault, SealedStore contents) {
        this.batches = batches;
        this.jdbc = jdbc;
        this.vault = vault;
        this.contents = contents;
    }

    /** Sealed payloads on their way into the database. */
    public final class Batch {

        private final List<Object[]> rows = new ArrayList<>();

        /** Adds a document. */
        public void add(JobId job, UUID task, int part, byte[] plain) {
            byte[] sealed = vault.seal(job, place(task, part), plain);
            rows.add(new Object[] {job.value(), task, part, sealed, null, Digests.hex(plain), (long) plain.length});
        }

        /** Adds content that the store holds already. */
        public void add(JobId job, UUID task, int part, StoredContent content) {
            rows.add(new Object[] {job.value(), task, part, null, content.store(), content.sha256(), content.bytes()});
        }

        /** Whether there is nothing to write. */
        public boolean isEmpty() {
            return rows.isEmpty();
        }
    }

    /** An empty batch; sealing happens as it is filled, outside any transaction. */
    public Batch batch() {
        return new Batch();
    }

    /** Writes a batch in the transaction that settles its tasks; what is there already is replaced. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void keep(Batch batch) {
        if (batch.isEmpty()) {
            return;
        }
        batches.batchUpdate("""
                insert into payload (job_id, task_id, part, body, store, sha256, bytes)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (job_id, task_id, part) do update
                set body = excluded.body, store = excluded.store, sha256 = excluded.sha256, bytes = excluded.bytes
                """, batch.rows);
    }

    /** Streams content into the export store, sealed and hashed on its way, never held in memory. */
    public StoredContent receive(JobId job, UUID task, ContentSource source) throws IOException {
        // A name of its own for each try: a replica that lost its lane cannot replace what the new holder stored.
        String key = "contents/" + job + "/" + task + "-" + UUID.randomUUID();
        return contents.put(job, place(task, DOCUMENT), key, source);
    }

    /** Deletes all that is kept of an erased job in rows and in the store. */
    public void discard(JobId job) {
        // With what was begun there and never completed, because a replica died.
        contents.discard("contents/" + job);
        contents.discard("packages/" + job);
        jdbc.sql("delete from payload where job_id = :job")
                .param("job", job.value())
                .update();
    }

    @EventListener
    void forget(TasksExcluded excluded) {
        jdbc.sql("delete from payload where job_id = :job and task_id = any(:tasks)")
                .param("job", excluded.job().value())
                .param("tasks", excluded.tasks().toArray(UUID[]::new))
                .update();
    }

    /** The vault's name for the place of a payload. */
    static String place(UUID task, int part) {
        return "payload/" + task + "/" + part;
    }
}
