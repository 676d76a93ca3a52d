package io.dsrbroker.support;

import io.dsrbroker.DsrBrokerApplication;
import io.dsrbroker.simulator.AzureSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A broker in a JVM of its own, which can be killed or frozen without warning and started again; several on one
 * database are replicas, told apart by their names, under which PostgreSQL knows their connections too.
 */
public final class BrokerProcess implements AutoCloseable {

    private static final Duration DEATH = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final String name;
    private final Issuer issuer;
    private final Path folder;
    private final Map<String, String> settings;
    private final int port = freePort();
    private int starts;
    private @Nullable Process process;

    /** The only one of this database; its logs and its packages are kept in the folder. */
    public BrokerProcess(
            Database database, AzureSimulator azure, Issuer issuer, Path folder, Map<String, String> more) {
        this("broker", database, azure, issuer, folder, more);
    }

    /** One of several of this database; with the same folder they share the packages. */
    public BrokerProcess(
            String name,
            Database database,
            AzureSimulator azure,
            Issuer issuer,
            Path folder,
            Map<String, String> more) {
        this.name = name;
        this.issuer = issuer;
        this.folder = folder;
        this.settings = new TreeMap<>(Broker.settings(database, azure, issuer, folder.resolve("store")));
        settings.computeIfPresent(
                "spring.datasource.url",
                (key, url) -> url + (url.contains("?") ? "&" : "?") + "ApplicationName=" + name);
        settings.putAll(more);
        settings.put("server.port", String.valueOf(port));
    }

    /** Its name, and that of its connections. */
    public String name() {
        return name;
    }

    /** Starts it and waits until it answers. */
    public void start() throws IOException {
        launch();
        Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> {
            if (!alive()) {
                throw new IllegalStateException(name + " ended while it started; see " + log());
            }
            return answers();
        });
    }

    /** Starts it without waiting. */
    public void launch() throws IOException {
        Path temporary = Files.createDirectories(folder.resolve(name + "-tmp"));
        starts++;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                // It seldom lives long enough for what the second compiler does to pay.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                DsrBrokerApplication.class.getName()));
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }

    /** The log of its newest start. */
    public Path log() {
        return folder.resolve(name + "-" + starts + ".log");
    }

    /** Whether it answers. */
    public boolean answers() {
        try {
            return alive() && portal("watch").get("/requests?limit=1").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Whether it runs; a frozen one does. */
    public boolean alive() {
        return process != null && process.isAlive();
    }

    /** Its process id while it runs; db-scheduler knows a replica by its host and this. */
    public long pid() {
        return running().pid();
    }

    /** Kills it without warning. */
    public void kill() throws InterruptedException {
        if (process != null) {
            end(process.destroyForcibly(), DEATH);
        }
    }

    /** Asks it to end, and waits until it has. */
    public void terminate() throws InterruptedException {
        Process asked = running();
        asked.destroy();
        end(asked, GRACE);
    }

    /** Asks it to end, without waiting. */
    public void beginToTerminate() {
        running().destroy();
    }

    /** Stops it in the middle of whatever it does. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on as if nothing had happened. */
    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + signal, String.valueOf(pid()))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("Signal " + signal + " did not reach " + name);
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }

    private void end(Process dying, Duration patience) throws InterruptedException {
        if (!dying.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(name + " does not end");
        }
    }

    /** A client of its API, who may do everything. */
    public Portal portal(String sub) {
        return new Portal("http://127.0.0.1:" + port, issuer.token(sub, Issuer.ALL_SCOPES));
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
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
