package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import io.dsrbroker.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
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
        String[] all = identifiers.toArray(String[]::new);
        // Whoever held one may have ended between two statements: then there is one more to claim.
        while (insert(job, all) < all.length && held(job, all) < all.length) {
            holder(job, all).ifPresent(other -> {
                throw new ActiveDeleteExists(new JobId(other));
            });
        }
    }

    private int insert(JobId job, String[] identifiers) {
        return jdbc.sql("""
                        insert into active_delete (identifier, job_id)
                        select i, :job from unnest(:identifiers) as i order by i
                        on conflict do nothing
                        """)
                .param("job", job.value())
                .param("identifiers", identifiers)
                .update();
    }

    private int held(JobId job, String[] identifiers) {
        return jdbc.sql("select count(*) from active_delete where identifier = any(:identifiers) and job_id = :job")
                .param("identifiers", identifiers)
                .param("job", job.value())
                .query((row, number) -> row.getInt(1))
                .single();
    }

    private Optional<UUID> holder(JobId job, String[] identifiers) {
        return jdbc.sql("""
                        select job_id from active_delete
                        where identifier = any(:identifiers) and job_id <> :job order by job_id limit 1
                        """)
                .param("identifiers", identifiers)
                .param("job", job.value())
                .query(Rows.ID)
                .optional();
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
