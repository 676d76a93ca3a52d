package io.dsrbroker.chaos;

import io.dsrbroker.support.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the database itself says of who wrote what: triggers note every taking of a lane and every step of a task, with
 * the replica that wrote it and the one that held the lane at that moment.
 */
final class Ledger {

    private static final String TRIGGERS = """
            create table chaos_take (
                lane text, epoch bigint, app text, at timestamptz, primary key (lane, epoch));
            create function chaos_take() returns trigger language plpgsql as $$ begin
                insert into chaos_take
                values (new.name, new.epoch, current_setting('application_name'), clock_timestamp());
                return null; end $$;
            create trigger chaos_take after update on lane for each row
                when (new.epoch <> old.epoch) execute function chaos_take();

            create table chaos_write (
                id bigserial primary key, job uuid, task uuid, kind text, type text, pass integer, lane text,
                was text, became text, ended boolean, app text, holder text, at timestamptz);
            create index chaos_write_lane on chaos_write (lane, at);
            create function chaos_write() returns trigger language plpgsql as $$ begin
                insert into chaos_write (job, task, kind, type, pass, lane, was, became, ended, app, holder, at)
                values (new.job_id, new.id, new.kind, new.type, new.pass,
                        case when tg_op = 'UPDATE' then old.lane else new.lane end,
                        case when tg_op = 'UPDATE' then old.state end, new.state,
                        new.finished_at is not null
                            and (tg_op = 'INSERT' or old.finished_at is null or old.state <> new.state),
                        current_setting('application_name'),
                        (select t.app from lane l join chaos_take t on t.lane = l.name and t.epoch = l.epoch
                         where l.name = case when tg_op = 'UPDATE' then old.lane else new.lane end),
                        clock_timestamp());
                return null; end $$;
            create trigger chaos_born after insert on task for each row
                when (new.finished_at is not null) execute function chaos_write();
            create trigger chaos_step after update on task for each row
                when (old.state <> new.state or old.step <> new.step or old.cursor is distinct from new.cursor)
                execute function chaos_write();

            create function chaos_payload() returns trigger language plpgsql as $$ begin
                insert into chaos_write (job, task, kind, type, pass, lane, was, became, ended, app, holder, at)
                select t.job_id, t.id, 'PAYLOAD', t.type, t.pass, t.lane, 'READY', t.state, false,
                       current_setting('application_name'),
                       (select k.app from lane l join chaos_take k on k.lane = l.name and k.epoch = l.epoch
                        where l.name = t.lane),
                       clock_timestamp()
                from task t
                where t.job_id = new.job_id and t.id = new.task_id and t.state = 'EXPORTED'
                  and t.created_at < now();
                return null; end $$;
            create trigger chaos_payload after insert on payload for each row execute function chaos_payload();
            grant select, insert on chaos_take, chaos_write to public;
            grant usage on sequence chaos_write_id_seq to public;
            """;

    private final Database database;

    /** Begins to write; the tables of the broker are there already. */
    Ledger(Database database) {
        this.database = database;
        change(TRIGGERS);
    }

    /** A row of text columns. */
    record Row(List<@Nullable String> columns) {

        /** One of them, which is not null. */
        String get(int column) {
            String value = columns.get(column);
            if (value == null) {
                throw new IllegalStateException("Column " + column + " is null");
            }
            return value;
        }

        /** One of them as a number. */
        long number(int column) {
            return Long.parseLong(get(column));
        }
    }

    /** Rows that this query gives. */
    List<Row> rows(String query, Object... parameters) {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet found = statement.executeQuery()) {
                List<Row> rows = new ArrayList<>();
                int width = found.getMetaData().getColumnCount();
                while (found.next()) {
                    List<@Nullable String> columns = new ArrayList<>();
                    for (int i = 1; i <= width; i++) {
                        columns.add(found.getString(i));
                    }
                    rows.add(new Row(columns));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new DatabaseAway(e);
        }
    }

    /** The number that this query gives. */
    long number(String query, Object... parameters) {
        return rows(query, parameters).getFirst().number(0);
    }

    private void change(String statements) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        } catch (SQLException e) {
            throw new DatabaseAway(e);
        }
    }

    /** Writes to tasks of this lane that only its holder may make, made by another. */
    List<Row> lateWrites(String lane) {
        return rows("""
                select app, holder, kind, type, was, became, at from chaos_write
                where lane = ? and was in ('READY', 'RUNNING') and app <> coalesce(holder, app) order by id
                """, lane);
    }

    /** Tasks that came to an end more than once in the same pass, and how. */
    List<Row> endedTwice() {
        return rows("""
                select job, task, kind, type, pass, count(*), string_agg(was || ' to ' || became || ' by ' || app, ', ')
                from chaos_write where ended group by 1, 2, 3, 4, 5 having count(*) > 1
                """);
    }

    /** How often a lane was taken. */
    long epoch(String lane) {
        return number("select coalesce(max(epoch), 0) from lane where name = ?", lane);
    }

    /** Whether this becomes true within so many seconds. */
    static boolean within(int seconds, BooleanSupplier wish) throws InterruptedException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (!wish.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }

    /** The database does not answer now. */
    static final class DatabaseAway extends RuntimeException {

        private static final long serialVersionUID = 1L;

        DatabaseAway(SQLException cause) {
            super("The database does not answer", cause);
        }
    }
}
