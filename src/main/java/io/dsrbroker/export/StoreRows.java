package io.dsrbroker.export;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the database knows of the export store. */
@Component
class StoreRows {

    /** A few times as long as running brokers take to say that they use it. */
    private static final String RECENTLY = "2 minutes";

    private final JdbcClient jdbc;

    StoreRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The store that is used.
     *
     * @param place where it was, in an operator's words
     * @param recent whether a broker said so not long ago
     */
    record Known(UUID id, String place, boolean recent) {}

    Optional<Known> known() {
        return jdbc.sql("""
                        select id, place, used_at > now() - cast(:recently as interval) as recent from export_store
                        """)
                .param("recently", RECENTLY)
                .query((row, number) ->
                        new Known(row.getObject("id", UUID.class), row.getString("place"), row.getBoolean("recent")))
                .optional();
    }

    /** Makes a store the one that is used; answers false where there is one. */
    boolean begin(UUID id, String place) {
        return jdbc.sql("insert into export_store (id, place) values (:id, :place) on conflict do nothing")
                        .param("id", id)
                        .param("place", place)
                        .update()
                == 1;
    }

    /** Makes another store the one that is used; answers false where it is not the old one any more. */
    boolean replace(UUID old, UUID id, String place) {
        return jdbc.sql("""
                        update export_store set id = :id, place = :place, since = now(), used_at = now()
                        where id = :old
                        """)
                        .param("id", id)
                        .param("place", place)
                        .param("old", old)
                        .update()
                == 1;
    }

    /** Says that a running broker uses it; answers false where another one is used by now. */
    boolean used(UUID id) {
        return jdbc.sql("update export_store set used_at = now() where id = :id")
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Whether anything should lie in it; slow where there are many payloads. */
    boolean holdsAnything() {
        return jdbc.sql("""
                        select exists (select from payload where store is not null)
                            or exists (select from package p join job j on j.id = p.job_id where not j.swept) as holds
                        """).query((row, number) -> row.getBoolean("holds")).single();
    }
}
