package io.dsrbroker.housekeeping;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.dsrbroker.vault.Rewrapping;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells db-scheduler what one of the replicas does every minute. */
@Configuration(proxyBeanMethods = false)
class Housekeeping {

    @Bean
    RecurringTask<Void> housekeepingTask(
            HousekeepingProperties properties, Retention retention, Archiving archiving, Rewrapping rewrapping) {
        return Tasks.recurring("housekeeping", FixedDelay.of(properties.every()))
                .execute((instance, context) -> {
                    retention.look();
                    archiving.look();
                    rewrapping.look();
                });
    }
}
