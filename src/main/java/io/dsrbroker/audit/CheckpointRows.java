package io.dsrbroker.audit;

import io.dsrbroker.shared.Digests;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The checkpoints and the heads they name, in their tables. */
@Component
class CheckpointRows {

    private static final int PART = 1000;

    private final JdbcClient jdbc;

    CheckpointRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Row(long seq, String kid, String jws) {

        CheckpointMark mark() {
            return new CheckpointMark(seq, Digests.hex(jws));
        }
    }

    /** Hears of heads in the order of their checkpoints, then of their chains. */
    @FunctionalInterface
    interface HeadReader {

        void head(long checkpoint, String chain, long seq, String hash, long before);
    }

    /** Until the transaction ends nobody else takes a checkpoint. */
    void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('dsr-broker checkpoint'))")
                .query((row, number) -> number)
                .list();
    }

    Optional<Row> newest() {
        return jdbc.sql("select seq, kid, jws from audit_checkpoint order by seq desc limit 1")
                .query((row, number) -> row(row))
                .optional();
    }

    List<Row> after(long seq, int limit) {
        return jdbc.sql("select seq, kid, jws from audit_checkpoint where seq > :seq order by seq limit :limit")
                .param("seq", seq)
                .param("limit", limit)
                .query((row, number) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getLong("seq"), row.getString("kid"), row.getString("jws"));
    }

    /** Takes what no checkpoint covers yet as the heads of this one; answers how many chains that are. */
    int takeHeads(long checkpoint) {
        return jdbc.sql("""
                        with covered as (
                            delete from audit_pending returning chain, seq
                        ), head as (
                            select chain, max(seq) as seq from covered group by chain
                        )
                        insert into audit_checkpoint_head (checkpoint, chain, seq, hash)
                        select :checkpoint, h.chain, h.seq, e.hash
                        from head h join audit_entry e on e.job_id = h.chain and e.seq = h.seq
                        """).param("checkpoint", checkpoint).update();
    }

    /** The heads of these checkpoints, both included. */
    void heads(long first, long last, HeadReader reader) {
        jdbc.sql("""
                select h.checkpoint, h.chain, h.seq, h.hash, coalesce(b.seq, 0) as before
                from audit_checkpoint_head h
                left join lateral (
                    select seq from audit_checkpoint_head b
                    where b.chain = h.chain and b.checkpoint < h.checkpoint order by b.checkpoint desc limit 1
                ) b on true
                where h.checkpoint between :first and :last order by h.checkpoint, h.chain
                """)
                .withFetchSize(PART)
                .param("first", first)
                .param("last", last)
                .query(row -> {
                    reader.head(
                            row.getLong("checkpoint"),
                            row.getString("chain"),
                            row.getLong("seq"),
                            row.getString("hash"),
                            row.getLong("before"));
                });
    }

    void add(long seq, String kid, String jws) {
        jdbc.sql("insert into audit_checkpoint (seq, kid, jws) values (:seq, :kid, :jws)")
                .param("seq", seq)
                .param("kid", kid)
                .param("jws", jws)
                .update();
    }
}
