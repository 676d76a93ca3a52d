package io.dsrbroker.callback;

import io.dsrbroker.job.Acted;
import io.dsrbroker.job.Caller;
import io.dsrbroker.job.Portals;
import io.dsrbroker.job.Stage;
import io.dsrbroker.job.WorkQueue;
import io.dsrbroker.shared.JobId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The callbacks of a job for those who look after them: what became of each, and sending them again. */
@Service
public class Callbacks {

    private final JdbcClient jdbc;
    private final CallbackRows rows;
    private final Portals portals;
    private final WorkQueue queue;
    private final ApplicationEventPublisher events;

    Callbacks(JdbcClient jdbc, CallbackRows rows, Portals portals, WorkQueue queue, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.portals = portals;
        this.queue = queue;
        this.events = events;
    }

    /** Callbacks of a job behind this stage change, oldest first. */
    public List<Callback> after(JobId job, int seq, int limit) {
        return jdbc.sql("select * from callback where job_id = :job and seq > :seq order by seq limit :limit")
                .param("job", job.value())
                .param("seq", seq)
                .param("limit", limit)
                .query((row, number) -> callback(row))
                .list();
    }

    /** One callback of a job. */
    public Callback one(JobId job, UUID id) {
        return jdbc.sql("select * from callback where job_id = :job and id = :id")
                .param("job", job.value())
                .param("id", id)
                .query((row, number) -> callback(row))
                .optional()
                .orElseThrow(() -> new NoSuchCallback(id));
    }

    /** Sends one again, whatever became of it, under the same id. */
    @Transactional
    public void replay(JobId job, UUID id, Caller caller) {
        portals.lock(job);
        if (replay(job, id) == 0) {
            throw new NoSuchCallback(id);
        }
        tell(job, caller, Map.of("webhookId", id.toString()));
    }

    /** Sends again, under the same ids, all that was not delivered; answers how many. */
    @Transactional
    public int replayUndelivered(JobId job, Caller caller) {
        portals.lock(job);
        int replayed = replay(job, null);
        if (replayed > 0) {
            tell(job, caller, Map.of("callbacks", replayed));
        }
        return replayed;
    }

    /** The portal is taken to be there again, and the retry schedule begins anew; a try under way settles nothing any more. */
    private int replay(JobId job, @Nullable UUID one) {
        jdbc.sql("select distinct host from callback where job_id = :job order by host")
                .param("job", job.value())
                .query(String.class)
                .list()
                .forEach(rows::keep);
        List<String> hosts = jdbc.sql("""
                        update callback
                        set state = 'PENDING', tries = 0, replays = replays + 1, next_attempt_at = clock_timestamp(), delivered_at = null
                        where job_id = :job and (id = :one or (cast(:one as uuid) is null and state <> 'DELIVERED'))
                        returning host
                        """)
                .param("job", job.value())
                .param("one", one, java.sql.Types.OTHER)
                .query((row, number) -> row.getString("host"))
                .list();
        if (!hosts.isEmpty()) {
            jdbc.sql("delete from callback_gone where job_id = :job")
                    .param("job", job.value())
                    .update();
            queue.schedule(CallbackTask.NAME, hosts);
        }
        return hosts.size();
    }

    private void tell(JobId job, Caller caller, Map<String, Object> detail) {
        events.publishEvent(new Acted(job, caller, "callback-replayed", detail));
    }

    private static Callback callback(ResultSet row) throws SQLException {
        return new Callback(
                row.getObject("id", UUID.class),
                row.getInt("seq"),
                Stage.valueOf(row.getString("stage")),
                CallbackState.valueOf(row.getString("state")),
                row.getInt("attempts"),
                row.getObject("last_status", Integer.class),
                row.getString("last_error"),
                java.util.Objects.requireNonNull(time(row, "created_at")),
                time(row, "next_attempt_at"),
                time(row, "delivered_at"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
