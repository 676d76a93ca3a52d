package io.dsrbroker.callback;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.dsrbroker.job.WorkQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the hosts of portals onto db-scheduler: one instance per host, so one replica at a time calls it. */
@Configuration(proxyBeanMethods = false)
class CallbackTask {

    /** The name under which db-scheduler knows it; the instance is the host with its port. */
    static final String NAME = "callback";

    private static final Logger log = LoggerFactory.getLogger(CallbackTask.class);
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
                    Instant next = drive(driver, host, context.getSchedulerState());
                    return (complete, operations) -> {
                        operations.reschedule(complete, next);
                        // What was written down since could not wake an instance that was being executed.
                        if (rows.due(host)) {
                            transaction.executeWithoutResult(status -> queue.schedule(NAME, List.of(host)));
                        }
                    };
                });
    }

    private static Instant drive(
            CallbackDriver driver, String host, com.github.kagkarlsson.scheduler.SchedulerState state) {
        try {
            return driver.drive(host, state::isShuttingDown);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending callbacks", e);
        }
    }
}
