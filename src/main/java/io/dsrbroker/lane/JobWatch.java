package io.dsrbroker.lane;

import io.dsrbroker.job.Overdue;
import io.dsrbroker.job.Progress;
import io.dsrbroker.shared.JobId;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Brings jobs up to date that nothing else moves, because a replica died in between or because they are due. */
@Component
class JobWatch {

    private static final Logger log = LoggerFactory.getLogger(JobWatch.class);

    private final Progress progress;
    private final Overdue overdue;

    JobWatch(Progress progress, Overdue overdue) {
        this.progress = progress;
        this.overdue = overdue;
    }

    /** Looks after all jobs that have not ended. */
    void look() {
        overdue.jobs().forEach(job -> safely(job, overdue::giveUp));
        progress.moved(progress.unfinished()).forEach(job -> safely(job, progress::reconsider));
    }

    /** One job that cannot be brought up to date keeps no other waiting. */
    private static void safely(JobId job, Consumer<JobId> action) {
        try {
            action.accept(job);
        } catch (RuntimeException e) {
            log.error("Job {}: its stage could not be brought up to date; that is tried again", job, e);
        }
    }
}
