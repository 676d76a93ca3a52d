package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What discovery found to hold other things, and whose it is. */
@Component
public class Containers {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final PlaceNames names;

    Containers(JdbcClient jdbc, JsonMapper json, PlaceNames names) {
        this.jdbc = jdbc;
        this.json = json;
        this.names = names;
    }

    /** Keeps new containers; one that is there already stays as it is unless the new one refines it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(JobId job, Collection<NewContainer> containers) {
        if (containers.isEmpty()) {
            return;
        }
        ArrayNode rows = json.createArrayNode();
        for (NewContainer container : containers) {
            ObjectNode row = rows.addObject();
            row.put("id", container.id().toString());
            row.put("target", container.target());
            row.put("type", container.type());
            row.put("owner", container.owner().name());
            PlaceNames.Sealed sealed = names.sealed(job, container);
            row.put("place", sealed.base64());
            row.put("place_mark", sealed.mark());
            row.put("parent", Tasks.text(container.parent()));
            row.put("remover", Tasks.text(container.remover()));
            row.put("refines", container.refines());
        }
        jdbc.sql("""
                with given as (
                    select * from jsonb_to_recordset(cast(:rows as jsonb)) as r(
                        id uuid, target smallint, type text, owner text, place text, place_mark text,
                        parent uuid, remover uuid, refines boolean)
                ), refined as (
                    update container c set place = decode(g.place, 'base64'), place_mark = g.place_mark
                    from given g
                    where g.refines and c.job_id = :job and c.id = g.id and c.place_mark <> g.place_mark
                )
                insert into container (job_id, id, target, type, owner, place, place_mark, parent, remover)
                select :job, id, target, type, owner, decode(place, 'base64'), place_mark, parent, remover
                from given where not refines
                on conflict do nothing
                """).param("job", job.value()).param("rows", rows.toString()).update();
    }

    /** What the rows of these containers say of their owners. */
    public Map<UUID, Harvest.Standing> standings(JobId job, Collection<UUID> containers) {
        Map<UUID, Harvest.Standing> standings = new HashMap<>();
        if (containers.isEmpty()) {
            return standings;
        }
        jdbc.sql("select id, owner, decision from container where job_id = :job and id = any(:ids)")
                .param("job", job.value())
                .param("ids", containers.toArray(UUID[]::new))
                .query(row -> {
                    standings.put(
                            row.getObject("id", UUID.class),
                            new Harvest.Standing(
                                    Owner.valueOf(row.getString("owner")), Tasks.decision(row.getString("decision"))));
                });
        return standings;
    }
}
