package io.dsrbroker.export;

import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.shared.JobId;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes the package of a job whose tasks have all ended; no transaction is open while it is written. */
@Component
class PackageMaker {

    private static final Logger log = LoggerFactory.getLogger(PackageMaker.class);

    private final JobViews jobs;
    private final Snapshots snapshots;
    private final PackageContents contents;
    private final SealedStore store;
    private final FinishedPackages finished;

    PackageMaker(
            JobViews jobs,
            Snapshots snapshots,
            PackageContents contents,
            SealedStore store,
            FinishedPackages finished) {
        this.jobs = jobs;
        this.snapshots = snapshots;
        this.contents = contents;
        this.store = store;
        this.finished = finished;
    }

    /** Makes the package and ends the job; does nothing for a job that has ended, or that works again. */
    void make(JobId id) throws IOException {
        JobSummary job = jobs.summary(id);
        if (job.stage().ended() || !job.makesPackage()) {
            return;
        }
        long began = System.nanoTime();
        try (Snapshot snapshot = snapshots.take(job)) {
            if (!snapshot.tally().complete()) {
                return;
            }
            StoredContent zip = store.put(
                    id, Packages.place(id), "packages/" + id + "/package.zip", to -> contents.write(job, snapshot, to));
            long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
            if (finished.keep(id, snapshot.tally(), zip)) {
                log.info(
                        "Packaged job {}: {} tasks, {} bytes, {} ms",
                        id,
                        snapshot.tally().tasks(),
                        zip.bytes(),
                        millis);
            } else {
                log.info("Job {} changed while it was packaged; its package is made anew when it is done", id);
            }
        }
    }
}
