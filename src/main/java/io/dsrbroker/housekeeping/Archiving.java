package io.dsrbroker.housekeeping;

import io.dsrbroker.job.Archive;
import io.dsrbroker.shared.JobId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Archives the tasks of jobs that ended long ago, a short transaction after the other; where it is interrupted, the next
 * look goes on. One look does no more than so much, lest erasures wait for it.
 */
@Component
class Archiving {

    private static final Logger log = LoggerFactory.getLogger(Archiving.class);
    private static final int AT_ONCE = 100;
    private static final int MOVES = 200;

    private final Archive archive;
    private final HousekeepingProperties properties;

    Archiving(Archive archive, HousekeepingProperties properties) {
        this.archive = archive;
        this.properties = properties;
    }

    /** Does what is due now, or a part of it. */
    void look() {
        Set<JobId> seen = new HashSet<>();
        int left = MOVES;
        List<JobId> jobs = archive.due(properties.archiveAfter(), seen, AT_ONCE);
        while (!jobs.isEmpty() && left > 0) {
            for (JobId job : jobs) {
                left -= moves(job, left);
                if (left <= 0) {
                    return;
                }
            }
            seen.addAll(jobs);
            jobs = archive.due(properties.archiveAfter(), seen, AT_ONCE);
        }
    }

    /** Answers in how many transactions it was done; one job that cannot be archived now keeps no other waiting. */
    private int moves(JobId job, int most) {
        int moves = 0;
        long tasks = 0;
        try {
            int moved;
            do {
                moved = archive.move(job, properties.archiveAfter());
                tasks += moved;
                moves++;
            } while (Archive.leftSome(moved) && moves < most);
        } catch (RuntimeException e) {
            log.error("Job {}: its tasks could not be archived; that is tried again", job, e);
        }
        if (tasks > 0) {
            log.info("Job {}: {} tasks are archived", job, tasks);
        }
        return Math.max(moves, 1);
    }
}
