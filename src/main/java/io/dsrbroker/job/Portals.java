package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who sent the requests, as far as they want to be told of changes. */
@Service
public class Portals {

    private final Jobs jobs;
    private final JobSecrets secrets;

    Portals(Jobs jobs, JobSecrets secrets) {
        this.jobs = jobs;
        this.secrets = secrets;
    }

    /**
     * The portal of one request.
     *
     * @param host host and port at which it wants to be told of changes; null where it does not
     */
    public record Portal(
            @Nullable String externalId, @Nullable String host) {}

    /** The portal of a job; empty where there is no such job. */
    @Transactional(readOnly = true)
    public Optional<Portal> find(JobId id) {
        return jobs.findById(id.value()).map(Job::portal);
    }

    /**
     * Where the portal of a job wants to be told of changes; nowhere once the job is erased. It may hold a secret of the
     * portal.
     */
    public Optional<String> callbackUrl(JobId id) {
        return jobs.findById(id.value()).flatMap(secrets::callbackUrl);
    }

    /** Locks the job until the transaction ends, so that what is told of it gets its place in the audit trail. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(JobId id) {
        if (jobs.findByIdForUpdate(id.value()).isEmpty()) {
            throw new NoSuchJob(id);
        }
    }
}
