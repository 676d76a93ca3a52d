package io.dsrbroker.callback;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.dsrbroker.job.WorkQueue;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts the hosts of portals onto db-scheduler: one instance per host, so one replica at a time calls it, for as long as
 * something is pending there.
 */
@Configuration(proxyBeanMethods = false)
class CallbackTask {

    /** The name under which db-scheduler knows it; the instance is the host with its port. */
    static final String NAME = "callback";

    private static final Logger log = LoggerFactory.getLogger(CallbackTask.class);

    /** How late something can be that was being written down as an instance was to be removed. */
    private static final Duration WRITTEN = Duration.ofSeconds(1);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    @Bean
    Task<Void> callbackHostTask(
            CallbackDriver driver, CallbackRows rows, WorkQueue queue, TransactionTemplate transaction) {
        return Tasks.custom(NAME, Void.class)
                .onFailure((complete, operations) -> {
                    log.error(
                            "Sending callbacks failed and is taken up again in {}",
                            AFTER_FAILURE,
                            complete.getCause().orElse(null));
                    operations.reschedule(complete, complete.getTimeDone().plus(AFTER_FAILURE));
                })
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    String host = instance.getId();
                    Next next = drive(driver, host, context.getSchedulerState());
                    return (complete, operations) -> {
                        switch (next) {
                            case Next.Crowded crowded -> operations.reschedule(complete, crowded.at());
                            case Next.At later -> {
                                operations.reschedule(complete, later.at());
                                // What was written down since could not wake an instance that was being executed.
                                if (rows.due(host)) {
                                    transaction.executeWithoutResult(status -> queue.schedule(NAME, List.of(host)));
                                }
                            }
                            case Next.Never never ->
                                transaction.executeWithoutResult(status -> {
                                    if (rows.lockOut(host) && rows.nextAt(host).isEmpty()) {
                                        operations.remove();
                                    } else {
                                        operations.reschedule(
                                                complete, complete.getTimeDone().plus(WRITTEN));
                                    }
                                });
                        }
                    };
                });
    }

    private static Next drive(
            CallbackDriver driver, String host, com.github.kagkarlsson.scheduler.SchedulerState state) {
        try {
            return driver.drive(host, state::isShuttingDown);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending callbacks", e);
        }
    }
}
