package io.dsrbroker.bench;

import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;

/**
 * One lane of a broker, with tasks of one export that are worked off again and again: what they brought is removed and
 * they are made READY anew. The export does not end, because another of its targets asks for patience.
 */
final class Lane implements AutoCloseable {

    private static final String NAME = "arm:34adfa4f-cedf-4dc0-ba29-b6d1a69ab345";

    private final Broker broker;
    private final Connection owner;
    private final UUID job;
    private final int tasks;

    private Lane(Broker broker, Connection owner, UUID job, int tasks) {
        this.broker = broker;
        this.owner = owner;
        this.job = job;
        this.tasks = tasks;
    }

    /** Starts a broker and lets an export of so many resources discover all of them. */
    static Lane start(Database database, StubProcess stub, Issuer issuer, Path store, int concurrency, int tasks)
            throws SQLException, InterruptedException {
        stub.set(0, tasks);
        Broker broker = Broker.run(database, issuer, settings(database, stub, issuer, store, concurrency));
        Portal desk = broker.portal("desk", Issuer.ALL_SCOPES);
        String id = desk.submit("""
                { "type": "EXPORT", "subject": { "objectId": "cef972fc-777a-3243-9a67-65e6741c69b0" },
                  "targets": [
                    { "kind": "ml-workspace", "subscriptionId": "34adfa4f-cedf-4dc0-ba29-b6d1a69ab345", "resourceGroup": "g",
                      "workspace": "w", "unknownOwner": "INCLUDE" },
                    { "kind": "resource-group", "subscriptionId": "00000000-0000-0000-0000-000000000001",
                      "resourceGroup": "g", "unknownOwner": "INCLUDE" } ] }
                """);
        Lane lane = new Lane(broker, database.connect(), UUID.fromString(id), tasks);
        for (int look = 0; lane.count("state = 'EXPORTED'") < tasks; look++) {
            if (look > 1200) {
                throw new IllegalStateException("Not everything was discovered");
            }
            Thread.sleep(100);
        }
        return lane;
    }

    private static Map<String, String> settings(
            Database database, StubProcess stub, Issuer issuer, Path store, int concurrency) {
        Map<String, String> settings = Broker.settings(database, issuer, store);
        settings.put("dsr.upstreams.arm.base-url", stub.url());
        settings.put("dsr.upstreams.arm.auth.type", "none");
        settings.put("dsr.lanes.arm.reads-per-second", "1000000");
        settings.put("dsr.lanes.arm.read-burst", "1000000");
        settings.put("dsr.lanes.arm.concurrency", Integer.toString(concurrency));
        return settings;
    }

    /** Tasks a second, from when so many become READY until the outcome of the last is durable. */
    double perSecond(int wanted) throws SQLException, InterruptedException {
        reset(wanted);
        long began = wake();
        await();
        double seconds = (System.nanoTime() - began) / 1e9;
        if (count("state = 'EXPORTED'") != tasks) {
            throw new IllegalStateException("Not every task was exported");
        }
        return wanted / seconds;
    }

    /** As they were when they were found, but not to be worked on yet. */
    private void reset(int wanted) throws SQLException {
        try (PreparedStatement update = owner.prepareStatement("""
                with chosen as (
                    select id from task where job_id = ? and kind = 'EXPORT' and state = 'EXPORTED' order by id limit ?
                ), gone as (
                    delete from payload where job_id = ? and task_id in (select id from chosen)
                )
                update task set state = 'BLOCKED', reason = null, evidence = '[]', attempts = 0, finished_at = null
                where job_id = ? and id in (select id from chosen)
                """)) {
            update.setObject(1, job);
            update.setInt(2, wanted);
            update.setObject(3, job);
            update.setObject(4, job);
            update.executeUpdate();
        }
        try (Statement statement = owner.createStatement()) {
            statement.execute("vacuum task");
            statement.execute("vacuum payload");
            statement.execute("checkpoint");
        }
    }

    /** The lane is told while it rests, as by an intake. */
    private long wake() throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("update task set state = 'READY' where job_id = '" + job
                    + "' and kind = 'EXPORT' and state = 'BLOCKED'");
            long began = System.nanoTime();
            statement.execute("select pg_notify('dsr_work', 'lane " + NAME + "')");
            return began;
        }
    }

    /** Until none of its tasks is READY any more. */
    private void await() throws SQLException, InterruptedException {
        try (PreparedStatement waiting = owner.prepareStatement("""
                select exists (select from task where lane = ? and state = 'READY' order by job_id desc, id desc limit 1)
                """)) {
            waiting.setString(1, NAME);
            for (int look = 0; look < 60_000; look++) {
                try (ResultSet row = waiting.executeQuery()) {
                    row.next();
                    if (!row.getBoolean(1)) {
                        return;
                    }
                }
                Thread.sleep(5);
            }
        }
        throw new IllegalStateException("The lane does not get through");
    }

    private long count(String which) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from task where job_id = '" + job
                        + "' and kind = 'EXPORT' and " + which)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        owner.close();
        broker.close();
    }
}
