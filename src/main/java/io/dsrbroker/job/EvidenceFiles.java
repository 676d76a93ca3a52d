package io.dsrbroker.job;

import io.dsrbroker.shared.Digests;
import io.dsrbroker.shared.JobId;
import io.dsrbroker.vault.Vault;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What people show for work that they did by hand: sealed with the job's key, and gone with it. */
@Service
public class EvidenceFiles {

    private final JdbcClient jdbc;
    private final Vault vault;

    EvidenceFiles(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    /** A file. */
    public static final class EvidenceFile {

        private final String mediaType;
        private final byte[] content;

        /** Its media type is such as {@code image/png}. */
        public EvidenceFile(String mediaType, byte[] content) {
            this.mediaType = mediaType;
            this.content = content.clone();
        }

        /** Such as {@code image/png}. */
        public String mediaType() {
            return mediaType;
        }

        /** Its bytes. */
        public byte[] content() {
            return content.clone();
        }
    }

    /** A file that is sealed for its task. */
    public static final class SealedFile {

        private final JobId job;
        private final UUID task;
        private final String sha256;
        private final String mediaType;
        private final byte[] content;

        private SealedFile(JobId job, UUID task, String sha256, String mediaType, byte[] content) {
            this.job = job;
            this.task = task;
            this.sha256 = sha256;
            this.mediaType = mediaType;
            this.content = content;
        }

        /** Of the file itself, 64 lower-case hex digits. */
        public String sha256() {
            return sha256;
        }
    }

    /** Seals a file, outside of transactions: the vault may have to ask for the key. */
    public SealedFile seal(JobId job, UUID task, EvidenceFile file) {
        String sha256 = Digests.hex(file.content());
        return new SealedFile(
                job, task, sha256, file.mediaType(), vault.seal(job, place(task, sha256), file.content()));
    }

    /** Keeps a file under the SHA-256 of its content; the same file twice is one. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void keep(SealedFile file) {
        jdbc.sql("""
                insert into evidence_file (job_id, task_id, sha256, media_type, content)
                values (:job, :task, :sha256, :type, :content) on conflict do nothing
                """)
                .param("job", file.job.value())
                .param("task", file.task)
                .param("sha256", file.sha256)
                .param("type", file.mediaType)
                .param("content", file.content)
                .update();
    }

    /** The hashes of a task's files. */
    public Set<String> of(JobId job, UUID task) {
        return jdbc
                .sql("select sha256 from evidence_file where job_id = :job and task_id = :task")
                .param("job", job.value())
                .param("task", task)
                .query(Rows.TEXT)
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The file of this hash, {@link NoSuchTask} where there is none; {@link io.dsrbroker.vault.KeyDestroyed} once the job is erased. */
    public EvidenceFile get(JobId job, UUID task, String sha256) {
        return jdbc.sql("""
                        select media_type, content from evidence_file
                        where job_id = :job and task_id = :task and sha256 = :sha256
                        """)
                .param("job", job.value())
                .param("task", task)
                .param("sha256", sha256)
                .query((row, number) -> new EvidenceFile(
                        Objects.requireNonNull(row.getString("media_type")),
                        Objects.requireNonNull(row.getBytes("content"))))
                .optional()
                .map(kept -> new EvidenceFile(kept.mediaType(), vault.open(job, place(task, sha256), kept.content())))
                .orElseThrow(() -> new NoSuchTask(task));
    }

    private static String place(UUID task, String sha256) {
        return "evidence_file/" + task + "/" + sha256 + "/content";
    }
}
