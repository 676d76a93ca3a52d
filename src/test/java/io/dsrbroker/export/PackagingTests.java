package io.dsrbroker.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import io.dsrbroker.job.Progress;
import io.dsrbroker.job.Stage;
import io.dsrbroker.job.TargetKind;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class PackagingTests extends ExportModule {

    @Autowired
    private Task<Void> packagingTask;

    @Autowired
    private Progress progress;

    @Autowired
    private DataSource database;

    private void work(Runnable until) {
        Scheduler scheduler = Scheduler.create(database, packagingTask)
                .threads(1)
                .pollingInterval(Duration.ofMillis(50))
                .build();
        scheduler.start();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(until::run);
        } finally {
            scheduler.stop();
        }
    }

    private long failures(GivenJob job) {
        return jdbc
                .sql("""
                        select coalesce(consecutive_failures, 0) as failures from scheduled_tasks
                        where task_name = 'package' and task_instance = :job
                        """)
                .param("job", job.id.toString())
                .query((row, number) -> row.getLong("failures"))
                .list()
                .stream()
                .findFirst()
                .orElse(-1L);
    }

    @Test
    void jobWhoseTasksHaveEndedIsPackagedOnce() {
        GivenJob job = givenJob().target("lab", TargetKind.EXPERIMENTATION_ACCOUNT);
        job.document("lab", "run", "run-17", "{}");
        progress.reconsider(job.id);
        assertThat(failures(job)).isZero();
        work(() -> {
            assertThat(jobs.summary(job.id).stage()).isEqualTo(Stage.COMPLETED);
            assertThat(failures(job)).isEqualTo(-1);
        });
    }

    @Test
    void failedPackagingIsTriedAgainAndHeals() {
        GivenJob job = givenJob().target("lab", TargetKind.EXPERIMENTATION_ACCOUNT);
        UUID task = job.exported("lab", "run", "run-17");
        progress.reconsider(job.id);
        work(() -> assertThat(failures(job)).isEqualTo(2));
        job.payload(task, Payloads.DOCUMENT, "{}");
        work(() -> assertThat(jobs.summary(job.id).stage()).isEqualTo(Stage.COMPLETED));
    }

    @Test
    void waitsDoubleUpToFiveMinutes() {
        assertThat(Packaging.wait(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(Packaging.wait(3)).isEqualTo(Duration.ofSeconds(8));
        assertThat(Packaging.wait(9)).isEqualTo(Duration.ofMinutes(5));
        assertThat(Packaging.wait(1000)).isEqualTo(Duration.ofMinutes(5));
    }
}
