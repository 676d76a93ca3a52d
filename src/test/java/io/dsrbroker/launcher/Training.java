package io.dsrbroker.launcher;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.SampleEstate;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import io.dsrbroker.support.SignedInPerson;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Lets a broker as it ships do the samples and end, so that the JVM leaves an ahead-of-time cache of what they needed
 * (JEP 514). The broker's command is given, with its JVM's flags; the settings are added to it.
 */
final class Training {

    private static final String URL = "http://127.0.0.1:8080";
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration END = Duration.ofMinutes(3);

    private final List<String> command;
    private final PrintStream out;

    Training(List<String> command, PrintStream out) {
        this.command = command;
        this.out = out;
    }

    /** Answers whether both samples completed and the broker ended as it was asked to. */
    boolean run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("dsr-training");
        SampleEstate estate = new SampleEstate();
        try (AzureSimulator azure = AzureSimulator.start(estate.estate());
                Issuer issuer = new Issuer()) {
            Process broker = start(azure, issuer, folder);
            try {
                return samples(issuer, estate, folder, broker);
            } finally {
                broker.destroyForcibly();
            }
        }
    }

    private Process start(AzureSimulator azure, Issuer issuer, Path folder) throws IOException {
        Map<String, String> settings =
                new TreeMap<>(Broker.settings(Database.fresh(), azure, issuer, folder.resolve("store")));
        settings.putAll(Issuer.CONSOLE);
        settings.put("server.port", "8080");
        settings.put("management.server.port", "8081");
        settings.put("dsr.verify.spacing", "1s");
        List<String> whole = new ArrayList<>(command);
        settings.forEach((key, value) -> whole.add("--" + key + "=" + value));
        return new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private boolean samples(Issuer issuer, SampleEstate estate, Path folder, Process broker)
            throws InterruptedException {
        Portal desk = portal(issuer, "privacy-desk");
        Awaitility.await().atMost(START).until(() -> answers(desk, broker));
        boolean exported = new SampleExport(desk, estate, folder, out).run();
        boolean deleted = new SampleDelete(desk, portal(issuer, "privacy-officer"), estate, out).run();
        SignedInPerson.at(URL, "privacy-officer").send("GET", "/console/requests", Map.of());
        broker.destroy();
        boolean ended = broker.waitFor(END.toSeconds(), TimeUnit.SECONDS);
        return exported && deleted && ended;
    }

    private static Portal portal(Issuer issuer, String person) {
        return new Portal(URL, issuer.token(person, Issuer.ALL_SCOPES));
    }

    private static boolean answers(Portal portal, Process broker) {
        if (!broker.isAlive()) {
            throw new IllegalStateException("The broker ended while it started");
        }
        try {
            return portal.get("/requests?limit=1").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
