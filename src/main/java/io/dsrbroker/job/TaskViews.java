package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Tasks for their readers. */
@Service
public class TaskViews {

    private static final TypeReference<List<Evidence>> HISTORY = new TypeReference<>() {};
    private static final String NONE = "00000000-0000-0000-0000-000000000000";

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Names names;
    private final PlaceNames places;

    TaskViews(JdbcClient jdbc, JsonMapper json, Names names, PlaceNames places) {
        this.jdbc = jdbc;
        this.json = json;
        this.names = names;
        this.places = places;
    }

    /**
     * Which tasks a list shows; null is any.
     *
     * @param kinds of these kinds
     * @param target of the target of this name
     */
    public record Filter(
            Set<TaskKind> kinds,
            @Nullable Set<TaskState> states,
            @Nullable String type,
            @Nullable String target) {}

    /** Tasks behind {@code after} in the order of their ids, which never change. */
    public List<TaskView> list(JobId job, Filter filter, @Nullable UUID after, int limit) {
        Set<TaskState> states = filter.states() == null ? Set.of(TaskState.values()) : filter.states();
        return jdbc
                .sql("""
                        with page as (
                            -- Limited before it is joined, or PostgreSQL would sort all tasks of the job for every page.
                            select * from every_task
                            where job_id = :job and id > cast(:after as uuid)
                              and kind = any(:kinds) and state = any(:states)
                              and (:type = '' or type = :type)
                              and target = any(array(select ordinal from job_target
                                                     where job_id = :job and (:target = '' or name = :target)))
                            order by id limit :limit
                        )
                        select t.*, j.name as target_name, c.place
                        from page t
                        join job_target j on j.job_id = t.job_id and j.ordinal = t.target
                        join container c on c.job_id = t.job_id and c.id = t.container_id
                        order by t.id
                        """)
                .param("job", job.value())
                .param("after", after == null ? NONE : after.toString())
                .param("kinds", names(filter.kinds()))
                .param("states", names(states))
                .param("type", filter.type() == null ? "" : filter.type())
                .param("target", filter.target() == null ? "" : filter.target())
                .param("limit", limit)
                .query((row, number) -> view(row, false))
                .list()
                .stream()
                .map(Supplier::get)
                .toList();
    }

    /** The types of which a job has tasks that no call could ever carry out. */
    public List<String> outOfScope(JobId job) {
        return jdbc.sql("""
                        select distinct type from every_task where job_id = :job and state = 'OUT_OF_SCOPE' order by type
                        """).param("job", job.value()).query(Rows.TEXT).list();
    }

    /** One task. */
    public TaskView view(JobId job, UUID id) {
        return jdbc.sql("""
                        select t.*, j.name as target_name, c.place
                        from every_task t
                        join job_target j on j.job_id = t.job_id and j.ordinal = t.target
                        join container c on c.job_id = t.job_id and c.id = t.container_id
                        where t.job_id = :job and t.id = :id
                        """)
                .param("job", job.value())
                .param("id", id)
                .query((row, number) -> view(row, false))
                .optional()
                .orElseThrow(() -> new NoSuchTask(id))
                .get();
    }

    /** Every task, those of a container together, one at a time, within one short transaction; what cannot be opened is a failure. */
    @Transactional(readOnly = true)
    public void each(JobId job, Consumer<TaskView> reader) {
        jdbc.sql("""
                select t.*, j.name as target_name, c.place
                from every_task t
                join job_target j on j.job_id = t.job_id and j.ordinal = t.target
                join container c on c.job_id = t.job_id and c.id = t.container_id
                where t.job_id = :job
                order by t.target, t.container_id, t.id
                """).withFetchSize(1000).param("job", job.value()).query(row -> {
            reader.accept(view(row, true).get());
        });
    }

    /**
     * What changes whenever a task is born, reopened or ends.
     *
     * @param tasks how many there are
     * @param ended how many have ended
     * @param last when the last of them did
     */
    public record Tally(long tasks, long ended, @Nullable Instant last) {

        /** Whether none is open. */
        public boolean complete() {
            return tasks == ended;
        }
    }

    /** A job's tally now. */
    public Tally tally(JobId job) {
        return jdbc.sql("""
                        select count(*) as tasks, count(finished_at) as ended, max(finished_at) as last
                        from every_task where job_id = :job
                        """)
                .param("job", job.value())
                .query((row, number) -> new Tally(row.getLong("tasks"), row.getLong("ended"), instant(row, "last")))
                .single();
    }

    /**
     * Opened when it is asked for: not while its row, and with it a connection, is held. What cannot be opened any more is
     * left out, unless it must be there.
     */
    private Supplier<TaskView> view(ResultSet row, boolean strictly) throws SQLException {
        String reason = row.getString("reason");
        String owner = row.getString("owner");
        String found = row.getString("found");
        JobId job = new JobId(row.getObject("job_id", UUID.class));
        UUID id = row.getObject("id", UUID.class);
        UUID container = row.getObject("container_id", UUID.class);
        byte[] key = row.getBytes("key");
        byte[] place = row.getBytes("place");
        TaskView closed = new TaskView(
                id,
                TaskKind.valueOf(row.getString("kind")),
                row.getString("target_name"),
                row.getString("type"),
                null,
                TaskState.valueOf(row.getString("state")),
                reason == null ? null : Reason.valueOf(reason),
                row.getString("detail"),
                row.getString("next_step"),
                owner == null ? null : Owner.valueOf(owner),
                row.getInt("attempts"),
                row.getString("lane"),
                instant(row, "next_attempt_at"),
                instant(row, "finished_at"),
                instant(row, "retained_until"),
                found == null ? null : json.readValue(found, Found.class),
                json.readValue(row.getString("evidence"), HISTORY),
                "");
        return strictly
                ? () -> closed.opened(
                        key == null ? null : names.open(job, Names.ofTask(id), key),
                        places.open(job, container, place).path())
                : () -> closed.opened(
                        names.shown(job, Names.ofTask(id), key),
                        places.shown(job, container, place).path());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static String[] names(Set<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).toArray(String[]::new);
    }

    /** The states that end a task as an exception. */
    public static Set<TaskState> exceptions() {
        return Arrays.stream(TaskState.values())
                .filter(TaskState::exception)
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }
}
