package io.dsrbroker.export;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells db-scheduler that one of the running brokers says every 20 seconds that the export store is in use. */
@Configuration(proxyBeanMethods = false)
class StoreUse {

    private static final Logger log = LoggerFactory.getLogger(StoreUse.class);
    private static final Duration EVERY = Duration.ofSeconds(20);

    @Bean
    RecurringTask<Void> exportStoreUseTask(CheckedStore store, StoreRows rows) {
        return Tasks.recurring("export-store-use", FixedDelay.of(EVERY)).execute((instance, context) -> {
            try {
                if (!rows.used(store.checked())) {
                    store.reconsider();
                    rows.used(store.checked());
                }
            } catch (IOException | ForeignStore e) {
                log.error("The export store cannot be used; it is looked at again in {}: {}", EVERY, e.toString());
            }
        });
    }
}
