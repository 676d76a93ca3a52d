package io.dsrbroker.support;

import io.dsrbroker.DsrBrokerApplication;
import io.dsrbroker.simulator.AzureSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A broker in a JVM of its own, which can be killed without warning and started again. */
public final class BrokerProcess implements AutoCloseable {

    private final Issuer issuer;
    private final Path folder;
    private final Map<String, String> settings;
    private final int port = freePort();
    private int starts;
    private @Nullable Process process;

    /** Of this database; its log and its packages are kept in the folder. */
    public BrokerProcess(
            Database database, AzureSimulator azure, Issuer issuer, Path folder, Map<String, String> more) {
        this.issuer = issuer;
        this.folder = folder;
        this.settings = new TreeMap<>(Broker.settings(database, azure, issuer, folder.resolve("store")));
        settings.putAll(more);
        settings.put("server.port", String.valueOf(port));
    }

    /** Starts it and waits until it answers. */
    public void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                DsrBrokerApplication.class.getName()));
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("broker-" + ++starts + ".log").toFile())
                .start();
        Portal portal = portal("privacy-desk");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> portal.get("/requests").status() == 200);
    }

    /** Kills it without warning. */
    public void kill() throws InterruptedException {
        Process running = process;
        if (running != null && !running.destroyForcibly().waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("It does not die");
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
