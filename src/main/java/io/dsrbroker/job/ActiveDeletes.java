package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import io.dsrbroker.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Lets no two deletes under way share an identifier of their subjects; the database's unique index decides. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ActiveDeletes {

    private final JdbcClient jdbc;
    private final Vault vault;

    ActiveDeletes(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    /** Claims a subject for a delete. {@link ActiveDeleteExists} when another has it; waits for one that is just beginning. */
    void claim(JobId job, Subject subject) {
        TreeSet<String> identifiers = new TreeSet<>();
        add(identifiers, "authorId", subject.galleryAuthorId());
        add(identifiers, "objectId", subject.objectId());
        add(identifiers, "email", subject.email());
        int claimed = jdbc.sql("""
                        insert into active_delete (identifier, job_id)
                        select i, :job from unnest(:identifiers) as i order by i
                        on conflict do nothing
                        """)
                .param("job", job.value())
                .param("identifiers", identifiers.toArray(String[]::new))
                .update();
        if (claimed < identifiers.size()) {
            jdbc.sql("""
                    select job_id from active_delete
                    where identifier = any(:identifiers) and job_id <> :job order by job_id limit 1
                    """)
                    .param("identifiers", identifiers.toArray(String[]::new))
                    .param("job", job.value())
                    .query(Rows.ID)
                    .optional()
                    .ifPresent(other -> {
                        throw new ActiveDeleteExists(new JobId(other));
                    });
        }
    }

    /** Gives a subject free: its delete has ended. */
    void free(JobId job) {
        UUID id = job.value();
        jdbc.sql("delete from active_delete where job_id = :job")
                .param("job", id)
                .update();
    }

    private void add(java.util.Set<String> identifiers, String kind, @Nullable String value) {
        if (value != null) {
            String text = kind + ":" + value.toLowerCase(Locale.ROOT);
            identifiers.add(vault.fingerprint(text.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
