package io.dsrbroker.export;

import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.dsrbroker.job.NoSuchJob;
import io.dsrbroker.job.Progress;
import io.dsrbroker.shared.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells db-scheduler how packages are made, and what follows when that fails. */
@Configuration(proxyBeanMethods = false)
class Packaging {

    private static final Logger log = LoggerFactory.getLogger(Packaging.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 9;

    @Bean
    Task<Void> packagingTask(PackageMaker maker, Progress progress) {
        return Tasks.custom(Progress.PACKAGING, Void.class)
                .onFailure(Packaging::tryLater)
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    JobId job = job(instance);
                    make(maker, job);
                    return (complete, operations) -> {
                        operations.remove();
                        // Only now: as long as this row stood, a task that ended meanwhile could ask for no package.
                        progress.reconsider(job);
                    };
                });
    }

    private static void make(PackageMaker maker, JobId job) {
        try {
            maker.make(job);
        } catch (NoSuchJob e) {
            log.info("Job {} is gone and needs no package", job);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tryLater(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        Execution execution = complete.getExecution();
        Duration wait = wait(execution.consecutiveFailures);
        log.error(
                "Packaging job {} failed and is tried again in {}",
                job(execution.taskInstance),
                wait,
                complete.getCause().orElse(null));
        operations.reschedule(complete, complete.getTimeDone().plus(wait));
    }

    /** One second, doubled by every failure before this one. */
    static Duration wait(int failures) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(failures, MOST_DOUBLINGS));
        return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
    }

    private static JobId job(TaskInstance<?> instance) {
        return new JobId(UUID.fromString(instance.getId()));
    }
}
