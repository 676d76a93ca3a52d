package io.dsrbroker.audit;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets db-scheduler take checkpoints, on one replica at a time. */
@Configuration(proxyBeanMethods = false)
class Checkpointing {

    @Bean
    Task<Void> checkpointTask(Checkpoints checkpoints, AuditProperties properties) {
        return Tasks.recurring("audit-checkpoint", FixedDelay.of(properties.checkpoint()))
                .execute((instance, context) -> checkpoints.take());
    }
}
