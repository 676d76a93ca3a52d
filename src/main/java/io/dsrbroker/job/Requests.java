package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import io.dsrbroker.shared.Uuids;
import io.dsrbroker.tracing.Traces;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes requests in: from then on they are jobs. */
@Service
public class Requests {

    private final Jobs jobs;
    private final JdbcClient rows;
    private final RegisteredTargets estate;
    private final FirstTasks firstTasks;
    private final JobSecrets secrets;
    private final Progress progress;
    private final ActiveDeletes active;
    private final ApplicationEventPublisher events;
    private final Traces traces;
    private final Clock clock;

    Requests(
            Jobs jobs,
            JdbcClient rows,
            RegisteredTargets estate,
            FirstTasks firstTasks,
            JobSecrets secrets,
            Progress progress,
            ActiveDeletes active,
            ApplicationEventPublisher events,
            Traces traces,
            Clock clock) {
        this.jobs = jobs;
        this.rows = rows;
        this.estate = estate;
        this.firstTasks = firstTasks;
        this.secrets = secrets;
        this.progress = progress;
        this.active = active;
        this.events = events;
        this.traces = traces;
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
        JobId id = new JobId(Uuids.at(now));
        secrets.begin(id);
        Job job = secrets.seal(new Job(id.value(), submission, caller, firstTasks.catalogueHash(), now), submission)
                .aimedAt(places)
                .tracedIn(traces.here());
        jobs.save(job);
        jobs.flush();
        if (submission.type() == RequestType.DELETE) {
            active.claim(job.id(), submission.subject());
        }
        events.publishEvent(new Acted(
                job.id(),
                caller,
                "received",
                // The id ties the chain to its job.
                Map.of(
                        "requestId",
                        job.id().toString(),
                        "type",
                        submission.type().name(),
                        "targets",
                        targets.size())));
        boolean open = firstTasks.plant(secrets.context(job), now);
        if (!open) {
            progress.reconsider(job.id());
        }
        return job.id();
    }

    /** Which of these jobs send nothing now: held, or ended. */
    public Set<JobId> silent(Set<JobId> jobs) {
        return new HashSet<>(
                rows.sql("select id from job where id = any(:ids) and (on_hold or finished_at is not null)")
                        .param("ids", jobs.stream().map(JobId::value).toArray(UUID[]::new))
                        .query((row, number) -> new JobId(row.getObject("id", UUID.class)))
                        .list());
    }

    /** What carrying a job's tasks out needs to know of it. */
    @Transactional(readOnly = true)
    public JobContext context(JobId id) {
        return secrets.context(jobs.findById(id.value()).orElseThrow(() -> new NoSuchJob(id)));
    }
}
