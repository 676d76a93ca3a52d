package io.dsrbroker.export;

import io.dsrbroker.job.Progress;
import io.dsrbroker.job.RetentionProperties;
import io.dsrbroker.job.TaskViews;
import io.dsrbroker.shared.JobId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Hands finished packages over: from then on their jobs have ended. */
@Component
class FinishedPackages {

    private final JdbcClient jdbc;
    private final TaskViews tasks;
    private final Progress progress;
    private final RetentionProperties retention;
    private final Clock clock;

    FinishedPackages(JdbcClient jdbc, TaskViews tasks, Progress progress, RetentionProperties retention, Clock clock) {
        this.jdbc = jdbc;
        this.tasks = tasks;
        this.progress = progress;
        this.retention = retention;
        this.clock = clock;
    }

    /** Keeps a package and ends its job, unless a task has changed since; answers whether it did. */
    @Transactional
    public boolean keep(JobId job, TaskViews.Tally madeOf, StoredContent zip) {
        if (!tasks.tally(job).equals(madeOf)) {
            return false;
        }
        Instant now = clock.instant();
        jdbc.sql("""
                insert into package (job_id, store, sha256, bytes, created_at, expires_at)
                values (:job, :store, :sha256, :bytes, :now, :expires)
                on conflict (job_id) do update
                set store = excluded.store, sha256 = excluded.sha256, bytes = excluded.bytes,
                    created_at = excluded.created_at, expires_at = excluded.expires_at
                """)
                .param("job", job.value())
                .param("store", zip.store())
                .param("sha256", zip.sha256())
                .param("bytes", zip.bytes())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("expires", now.plus(retention.pack()).atOffset(ZoneOffset.UTC))
                .update();
        progress.packaged(job);
        return true;
    }
}
