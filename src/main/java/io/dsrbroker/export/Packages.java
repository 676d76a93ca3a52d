package io.dsrbroker.export;

import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.Stage;
import io.dsrbroker.shared.JobId;
import io.dsrbroker.vault.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The packages that subjects may receive. */
@Service
public class Packages {

    private final JobViews jobs;
    private final JdbcClient jdbc;
    private final ExportStore store;
    private final Vault vault;
    private final Clock clock;

    Packages(JobViews jobs, JdbcClient jdbc, ExportStore store, Vault vault, Clock clock) {
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.store = store;
        this.vault = vault;
        this.clock = clock;
    }

    /** Whether a package can be had. */
    public sealed interface Availability {

        /** It can. */
        record Ready(String fileName, String sha256, long bytes, Instant createdAt, Zip zip) implements Availability {}

        /** Not before the job has ended. */
        record NotReady(Stage stage) implements Availability {}

        /** Its time is over. */
        record Expired(Instant since) implements Availability {}

        /** This job never has one. */
        record Never() implements Availability {}
    }

    private record StoredPackage(String key, String sha256, long bytes, Instant createdAt, Instant expiresAt) {}

    /** Whether this job's package can be had; an unknown job is a {@link io.dsrbroker.job.NoSuchJob}. */
    public Availability of(JobId id) {
        JobSummary job = jobs.summary(id);
        if (!job.makesPackage() || job.stage() == Stage.DENIED || job.stage() == Stage.CANCELLED) {
            return new Availability.Never();
        }
        if (!job.stage().ended()) {
            return new Availability.NotReady(job.stage());
        }
        Optional<StoredPackage> stored = stored(id);
        if (stored.isEmpty()) {
            return new Availability.NotReady(job.stage());
        }
        StoredPackage found = stored.get();
        if (!clock.instant().isBefore(found.expiresAt())) {
            return new Availability.Expired(found.expiresAt());
        }
        return new Availability.Ready(
                "dsr-" + id + ".zip",
                found.sha256(),
                found.bytes(),
                found.createdAt(),
                offset -> vault.opening(id, place(id), store.open(found.key()), offset));
    }

    private Optional<StoredPackage> stored(JobId id) {
        return jdbc.sql("""
                        select p.store, p.sha256, p.bytes, p.created_at, least(p.expires_at, j.erased_at) as expires_at
                        from package p join job j on j.id = p.job_id where p.job_id = :job
                        """)
                .param("job", id.value())
                .query((row, number) -> new StoredPackage(
                        row.getString("store"),
                        row.getString("sha256"),
                        row.getLong("bytes"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** The vault's name for the place of a package. */
    static String place(JobId job) {
        return "package/" + job;
    }

    /** Opens a package's ZIP. */
    @FunctionalInterface
    public interface Zip {

        /** Its bytes from this one on; what lies before is not read. */
        InputStream from(long offset) throws IOException;
    }
}
