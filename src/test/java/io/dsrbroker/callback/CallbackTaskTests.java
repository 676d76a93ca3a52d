package io.dsrbroker.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerState;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import io.dsrbroker.job.Caller;
import io.dsrbroker.job.Portals;
import io.dsrbroker.job.Stage;
import io.dsrbroker.job.StageChanged;
import io.dsrbroker.job.WorkQueue;
import io.dsrbroker.shared.JobId;
import io.dsrbroker.support.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

@Timeout(60)
class CallbackTaskTests {

    private static final DriverManagerDataSource DATABASE = Database.fresh().migrated();

    private final JdbcClient jdbc = JdbcClient.create(DATABASE);
    private final CallbackRows rows = new CallbackRows(jdbc);
    private final CallbackAttempt attempt = mock();
    private final WorkQueue queue = mock();
    private final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(DATABASE));
    private final Task<Void> task = new CallbackTask()
            .callbackHostTask(
                    new CallbackDriver(rows, attempt, Clock.systemUTC(), Settings.of()), rows, queue, transaction);
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final ExecutionContext context = mock();
    private final ExecutionComplete complete = mock();
    private final ExecutionOperations<Void> operations = mock();

    CallbackTaskTests() {
        SchedulerState state = mock();
        when(state.isShuttingDown()).thenAnswer(call -> leaving.get());
        when(context.getSchedulerState()).thenReturn(state);
        when(complete.getTimeDone()).thenReturn(Instant.now());
    }

    /** A callback that is due at a host. */
    private UUID due(String host) {
        UUID job = UUID.randomUUID();
        jdbc.sql("""
                insert into job (id, type, export_first, regulation, stage, received_at, created_at, due_at,
                                 created_by_sub, catalogue_hash, subject, version)
                values (:id, 'EXPORT', false, 'GDPR', 'IN_PROGRESS', now(), now(), now(), 'clerk', 'c0ffee', '', 0)
                """).param("id", job).update();
        rows.add(job, new StageChanged(new JobId(job), 2, Stage.IN_PROGRESS, Instant.now()), host, "{}");
        return job;
    }

    private String state(UUID callback) {
        return jdbc.sql("select state from callback where id = ?")
                .param(callback)
                .query(String.class)
                .single();
    }

    @Test
    void hostThatIsCrowdedOutIsNotWokenByItsOwnEnd() throws Exception {
        CountDownLatch begun = new CountDownLatch(8);
        CountDownLatch end = new CountDownLatch(1);
        doAnswer(call -> {
                    begun.countDown();
                    return end.await(30, TimeUnit.SECONDS);
                })
                .when(attempt)
                .make(any(), any());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int host = 0; host < 8; host++) {
                String instance = "slow-" + host + ":443";
                due(instance);
                threads.execute(() -> task.execute(task.instance(instance), context));
            }
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            due("ninth:443");
            task.execute(task.instance("ninth:443"), context).complete(complete, operations);
            verify(operations).reschedule(eq(complete), any());
            verify(queue, never()).schedule(any(), any());
            leaving.set(true);
            end.countDown();
        }
    }

    @Test
    void instanceOfAHostIsRemovedWhenNothingIsPending() {
        UUID callback = due("once:443");
        doAnswer(call -> {
                    rows.delivered(call.getArgument(0), 204);
                    return null;
                })
                .when(attempt)
                .make(any(), any());
        jdbc.sql("""
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
                values ('callback', 'once:443', now(), false, 1, 0)
                """).update();
        Scheduler scheduler = Scheduler.create(DATABASE, task)
                .threads(1)
                .pollingInterval(Duration.ofMillis(50))
                .build();
        scheduler.start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> jdbc.sql("select count(*) from scheduled_tasks where task_instance = 'once:443'")
                                    .query(Long.class)
                                    .single()
                            == 0);
        } finally {
            scheduler.stop();
        }
        assertThat(state(callback)).isEqualTo("DELIVERED");
    }

    @Test
    void instanceStaysWhileACallbackIsBeingWrittenDown() {
        var end = task.execute(task.instance("quiet:443"), context);
        transaction.executeWithoutResult(status -> {
            rows.keep("quiet:443");
            CompletableFuture.runAsync(() -> end.complete(complete, operations)).join();
            due("quiet:443");
        });
        verify(operations).reschedule(eq(complete), any());
        end.complete(complete, operations);
        verify(operations, never()).remove();
    }

    @Test
    void tryThatWasUnderWayWhenItsCallbackWasReplayedSettlesNothing() {
        UUID callback = due("replayed:443");
        Pending old = rows.next("replayed:443", Set.of()).orElseThrow();
        new Callbacks(jdbc, rows, mock(Portals.class), queue, event -> {})
                .replay(new JobId(callback), callback, new Caller("opal", null));
        rows.delivered(old, 204);
        rows.failed(old, new Verdict.Failed(500, Words.REFUSED, null));
        rows.gone(old, 410);
        assertThat(state(callback)).isEqualTo("PENDING");
        Pending again = rows.next("replayed:443", Set.of()).orElseThrow();
        assertThat(again.attempts()).isZero();
        rows.delivered(again, 204);
        assertThat(state(callback)).isEqualTo("DELIVERED");
    }
}
