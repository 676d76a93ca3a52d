package io.dsrbroker.lane;

import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import io.dsrbroker.job.Requests;
import io.dsrbroker.job.Verifications;
import io.dsrbroker.job.WorkQueue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the lanes onto db-scheduler: one instance of one task per lane. */
@Configuration(proxyBeanMethods = false)
class LaneConfiguration {

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    /** Makes what a slice works with. */
    @Bean
    LaneSlice.Workshop workshop(
            Claims.Sources sources,
            Requests requests,
            Worker worker,
            Settler settler,
            Intents intents,
            LaneRows rows,
            LaneMetrics metrics) {
        return new LaneSlice.Workshop(sources, requests, worker, settler, intents, rows, metrics);
    }

    @Bean
    Claims.Sources claimSources(
            io.dsrbroker.job.Tasks tasks, Verifications verifications, Requests requests, LaneClaims notes) {
        return new Claims.Sources(tasks, verifications, requests, notes);
    }

    @Bean
    Task<Void> laneTask(
            LaneDriver driver, LaneClaims notes, WorkQueue queue, TransactionTemplate transaction, Clock clock) {
        return Tasks.custom(WorkQueue.LANE, Void.class)
                .onFailure((complete, operations) -> {
                    operations.reschedule(complete, clock.instant().plus(AFTER_FAILURE));
                    notes.forget(complete.getExecution().getId());
                })
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    String holder = String.valueOf(context.getExecution().pickedBy);
                    Instant next = drive(driver, instance.getId(), holder, context.getSchedulerState());
                    boolean leaving = context.getSchedulerState().isShuttingDown();
                    return (CompletionHandler<Void>) (complete, operations) -> {
                        operations.reschedule(complete, next);
                        if (leaving) {
                            // The other replicas need not wait for their next look.
                            transaction.executeWithoutResult(status -> queue.notifyLanes(List.of(instance.getId())));
                        }
                    };
                });
    }

    private static Instant drive(
            LaneDriver driver, String lane, String holder, com.github.kagkarlsson.scheduler.SchedulerState state) {
        try {
            return driver.drive(lane, holder, state);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while driving lane " + lane, e);
        }
    }

    /** Its heartbeats must not wait for a connection behind a thousand settling transactions: a pool of its own. */
    @Bean
    DbSchedulerCustomizer schedulerCustomizer(DataSource dataSource) {
        return new SchedulerCustomizer(dataSource);
    }

    private static final class SchedulerCustomizer implements DbSchedulerCustomizer, AutoCloseable {

        private final HikariDataSource pool;

        SchedulerCustomizer(DataSource dataSource) {
            this.pool = DataSourceBuilder.derivedFrom(dataSource)
                    .type(HikariDataSource.class)
                    .build();
            if (dataSource instanceof HikariDataSource main) {
                pool.setConnectionInitSql(main.getConnectionInitSql());
                pool.setConnectionTimeout(main.getConnectionTimeout());
                pool.setValidationTimeout(main.getValidationTimeout());
                main.getDataSourceProperties()
                        .forEach((name, value) -> pool.addDataSourceProperty(name.toString(), value));
            }
            pool.setPoolName("scheduler");
            pool.setMaximumPoolSize(4);
            pool.setMinimumIdle(1);
        }

        @Override
        public Optional<DataSource> dataSource() {
            return Optional.of(pool);
        }

        /** Host and process: two replicas on one host must not look like one. */
        @Override
        public Optional<SchedulerName> schedulerName() {
            String host = new SchedulerName.Hostname().getName();
            return Optional.of(
                    new SchedulerName.Fixed(host + "-" + ProcessHandle.current().pid()));
        }

        @Override
        public Optional<ExecutorService> executorService() {
            return Optional.of(Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("scheduled-", 0).factory()));
        }

        @Override
        public void close() {
            pool.close();
        }
    }
}
