package io.dsrbroker.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL that really writes to disk, and can crash and come back on the same port with the same data while
 * brokers run; it uses the binaries of the embedded one.
 */
public final class RestartablePostgres implements AutoCloseable {

    private static final String PASSWORD = "postgres";

    private final Path binaries = embeddedBinaries();
    private final Path folder;
    private final int port = freePort();
    private final Database database;
    private int restarts;

    /** Starts one whose data are kept in this folder. */
    public RestartablePostgres(Path folder) {
        this.folder = folder;
        run("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF-8", "--no-locale", "-D", data());
        startUp();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("create database dsr");
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create a database", e);
        }
        this.database = Database.at("jdbc:postgresql://127.0.0.1:" + port + "/dsr", "postgres", PASSWORD);
    }

    /** Its one database. */
    public Database database() {
        return database;
    }

    /** How often it has crashed. */
    public int restarts() {
        return restarts;
    }

    /** Ends it as a crash does, and starts it again. */
    public void crash() {
        stop();
        start();
    }

    /** Ends it as a crash does, until it is started. */
    public void stop() {
        run("pg_ctl", "stop", "-D", data(), "-m", "immediate", "-w");
    }

    /** Starts it again. */
    public void start() {
        restarts++;
        startUp();
    }

    private void startUp() {
        String options = String.join(
                " ",
                "-p " + port,
                "-c listen_addresses=127.0.0.1",
                "-c unix_socket_directories=''",
                "-c timezone=Pacific/Auckland",
                "-c max_connections=300",
                "-c shared_buffers=256MB",
                "-c track_commit_timestamp=on",
                "-c fsync=on");
        run(
                "pg_ctl",
                "start",
                "-D",
                data(),
                "-l",
                folder.resolve("postgres.log").toString(),
                "-o",
                options,
                "-w");
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it does not see that it does. */
    private void run(String tool, String... arguments) {
        try {
            List<String> command = new ArrayList<>();
            if (Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid"))) {
                command.addAll(List.of("unshare", "-U"));
            }
            command.add(binaries.resolve(tool).toString());
            command.addAll(List.of(arguments));
            Path said = folder.resolve(tool + ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(command + " failed: " + Files.readString(said));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path embeddedBinaries() {
        try (Connection connection = Database.fresh().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select setting from pg_config where name = 'BINDIR'")) {
            row.next();
            return Path.of(row.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException("The embedded PostgreSQL does not say where it is", e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
