package io.dsrbroker.api;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Deletes idempotency keys that have expired, a batch at a time, so that no transaction holds many rows. */
@Configuration(proxyBeanMethods = false)
class IdempotencyExpiry {

    static final int BATCH = 1000;

    private static final Logger log = LoggerFactory.getLogger(IdempotencyExpiry.class);
    private static final Duration EVERY = Duration.ofMinutes(10);

    @Bean
    RecurringTask<Void> idempotencyExpiryTask(IdempotencyKeys keys, Clock clock) {
        return Tasks.recurring("idempotency-expiry", FixedDelay.of(EVERY)).execute((instance, context) -> {
            int deleted = 0;
            int batch;
            do {
                batch = keys.deleteExpired(clock.instant(), BATCH);
                deleted += batch;
            } while (batch == BATCH && !context.getSchedulerState().isShuttingDown());
            if (deleted > 0) {
                log.info("{} idempotency keys have expired", deleted);
            }
        });
    }
}
