package io.dsrbroker.job;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The estate: the targets of requests that name none. */
@Service
public class RegisteredTargets {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    RegisteredTargets(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** All of them, by name. */
    public List<Target> targets() {
        return after("", Integer.MAX_VALUE);
    }

    /** Those whose name comes after this one. */
    public List<Target> after(String name, int limit) {
        return jdbc.sql("""
                        select document from registered_target where name collate "C" > :name
                        order by name collate "C" limit :limit
                        """)
                .param("name", name)
                .param("limit", limit)
                .query((row, number) -> json.readValue(row.getString("document"), Target.class))
                .list();
    }

    /** The target of this name. */
    public Optional<Target> find(String name) {
        return jdbc.sql("select document from registered_target where name = :name")
                .param("name", name)
                .query((row, number) -> json.readValue(row.getString("document"), Target.class))
                .optional();
    }

    /** The target of this name, which nobody else changes until the transaction ends. */
    @Transactional
    public Optional<Target> lock(String name) {
        return jdbc.sql("select document from registered_target where name = :name for update")
                .param("name", name)
                .query((row, number) -> json.readValue(row.getString("document"), Target.class))
                .optional();
    }

    /** Keeps a target under its name. Answers whether it is new. */
    @Transactional
    public boolean put(String name, Target target) {
        return jdbc.sql("""
                        insert into registered_target (name, document, updated_at)
                        values (:name, cast(:document as jsonb), :now)
                        on conflict (name) do update set document = excluded.document, updated_at = excluded.updated_at
                        returning (xmax = 0) as inserted
                        """)
                .param("name", name)
                .param("document", json.writeValueAsString(target))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** Forgets a target. Answers whether it was there. */
    @Transactional
    public boolean remove(String name) {
        return jdbc.sql("delete from registered_target where name = :name")
                        .param("name", name)
                        .update()
                > 0;
    }
}
