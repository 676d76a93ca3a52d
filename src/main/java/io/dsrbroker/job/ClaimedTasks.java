package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import io.dsrbroker.vault.KeyDestroyed;
import io.dsrbroker.vault.KeysetUnusable;
import io.dsrbroker.vault.SealBroken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads tasks for the lanes, and opens what they are called. */
@Component
class ClaimedTasks {

    private static final Logger log = LoggerFactory.getLogger(ClaimedTasks.class);

    private final JsonMapper json;
    private final Names names;
    private final PlaceNames places;

    ClaimedTasks(JsonMapper json, Names names, PlaceNames places) {
        this.json = json;
        this.names = names;
        this.places = places;
    }

    /** What a query over tasks, their containers and jobs finds. */
    List<ClaimedTask> read(JdbcClient.StatementSpec query) {
        Set<JobId> unreadable = new HashSet<>();
        return query.query((row, number) -> closed(row)).list().stream()
                .map(opening -> opening.apply(unreadable))
                .toList();
    }

    /** Opened when it is asked for: not while its row, and with it a connection, is held. */
    private Function<Set<JobId>, ClaimedTask> closed(ResultSet row) throws SQLException {
        OffsetDateTime failingSince = row.getObject("failing_since", OffsetDateTime.class);
        String owner = row.getString("owner");
        String found = row.getString("found");
        JobId job = new JobId(row.getObject("job_id", UUID.class));
        UUID id = row.getObject("id", UUID.class);
        UUID container = row.getObject("container_id", UUID.class);
        byte[] key = row.getBytes("key");
        byte[] place = row.getBytes("place");
        Place nameless = new Place(
                container,
                row.getInt("target"),
                Owner.valueOf(row.getString("place_owner")),
                Tasks.decision(row.getString("decision")),
                Map.of(),
                "",
                row.getObject("remover", UUID.class));
        String phase = row.getString("phase");
        OffsetDateTime readAt = row.getObject("read_at", OffsetDateTime.class);
        ClaimedTask claimed = new ClaimedTask(
                job,
                id,
                nameless,
                TaskKind.valueOf(row.getString("kind")),
                row.getString("type"),
                null,
                owner == null ? null : Owner.valueOf(owner),
                row.getInt("step"),
                row.getString("cursor_text"),
                row.getInt("attempts"),
                failingSince == null ? null : failingSince.toInstant(),
                found == null ? Found.NOTHING : json.readValue(found, Found.class),
                phase == null ? null : Phase.valueOf(phase),
                row.getInt("job_pass"),
                row.getString("state").equals("AWAITING_UPSTREAM"),
                row.getInt("crashes"),
                readAt == null ? null : readAt.toInstant(),
                false);
        return unreadable -> opened(claimed, place, key, unreadable);
    }

    /** Stays closed where what it is called cannot be opened; then nothing else of its job is tried. */
    private ClaimedTask opened(ClaimedTask claimed, byte[] place, byte @Nullable [] key, Set<JobId> unreadable) {
        if (unreadable.contains(claimed.job())) {
            return claimed;
        }
        try {
            PlaceNames.Called called =
                    places.open(claimed.job(), claimed.place().id(), place);
            return claimed.opened(
                    called.variables(),
                    called.path(),
                    key == null ? null : names.open(claimed.job(), Names.ofTask(claimed.id()), key));
        } catch (SealBroken | KeyDestroyed | KeysetUnusable e) {
            log.error("Job {}: what task {} is called cannot be opened; the job waits", claimed.job(), claimed.id(), e);
            unreadable.add(claimed.job());
            return claimed;
        }
    }
}
