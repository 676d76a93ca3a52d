package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import io.dsrbroker.shared.Uuids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes requests in: from then on they are jobs. */
@Service
public class Requests {

    private final Jobs jobs;
    private final RegisteredTargets estate;
    private final FirstTasks firstTasks;
    private final JobSecrets secrets;
    private final Progress progress;
    private final Clock clock;

    Requests(
            Jobs jobs,
            RegisteredTargets estate,
            FirstTasks firstTasks,
            JobSecrets secrets,
            Progress progress,
            Clock clock) {
        this.jobs = jobs;
        this.estate = estate;
        this.firstTasks = firstTasks;
        this.secrets = secrets;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Keeps a request as a job with its first tasks.
     *
     * @throws NoTargets when the request names none and none is registered
     */
    @Transactional
    public JobId submit(Submission submission, Caller caller) {
        List<Target> targets = submission.targets() == null ? estate.targets() : submission.targets();
        NoTargets.throwIfEmpty(targets);
        // As exact as the database keeps it, so that the first view equals the later ones.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<JobTarget> places = IntStream.range(0, targets.size())
                .mapToObj(ordinal -> new JobTarget(targets.get(ordinal), ordinal))
                .toList();
        Job job = secrets.seal(new Job(Uuids.at(now), submission, caller, firstTasks.catalogueHash(), now), submission)
                .aimedAt(places);
        jobs.save(job);
        jobs.flush();
        boolean open = firstTasks.plant(secrets.context(job), now);
        if (!open) {
            progress.reconsider(job.id());
        }
        return job.id();
    }

    /** What carrying a job's tasks out needs to know of it. */
    @Transactional(readOnly = true)
    public JobContext context(JobId id) {
        return secrets.context(jobs.findById(id.value()).orElseThrow(() -> new NoSuchJob(id)));
    }
}
