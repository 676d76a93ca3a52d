package io.dsrbroker.job;

import io.dsrbroker.shared.Digests;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The estate: the targets of requests that name none. */
@Service
public class RegisteredTargets {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    RegisteredTargets(JdbcClient jdbc, JsonMapper json, Clock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.events = events;
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

    /** Keeps a target under its name. Answers whether it is new. */
    @Transactional
    public boolean put(String name, Target target, Caller caller) {
        Optional<Target> before = lock(name);
        jdbc.sql("""
                insert into registered_target (name, document, updated_at)
                values (:name, cast(:document as jsonb), :now)
                on conflict (name) do update set document = excluded.document, updated_at = excluded.updated_at
                """)
                .param("name", name)
                .param("document", json.writeValueAsString(target))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        tell(caller, "target-registered", name, before, Optional.of(target));
        return before.isEmpty();
    }

    /** Forgets a target. Answers whether it was there. */
    @Transactional
    public boolean remove(String name, Caller caller) {
        Optional<Target> before = lock(name);
        if (before.isEmpty()) {
            return false;
        }
        jdbc.sql("delete from registered_target where name = :name")
                .param("name", name)
                .update();
        tell(caller, "target-removed", name, before, Optional.empty());
        return true;
    }

    /** The target of this name, which nobody else changes, or makes, until the transaction ends; readers do not wait. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Target> lock(String name) {
        jdbc.sql("lock table registered_target in share row exclusive mode").update();
        return find(name);
    }

    private void tell(Caller caller, String action, String name, Optional<Target> before, Optional<Target> after) {
        Map<String, Object> detail = new HashMap<>();
        detail.put("target", name);
        before.ifPresent(target -> detail.put("before", Map.of("sha256", hash(target))));
        after.ifPresent(target -> detail.put("after", Map.of("sha256", hash(target))));
        events.publishEvent(new Administered(caller, action, detail));
    }

    private String hash(Target target) {
        return Digests.hex(json.writeValueAsString(target));
    }
}
