package io.dsrbroker.launcher;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Person;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Program;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * {@code mvn spring-boot:test-run}: PostgreSQL, the simulated upstreams, an issuer of tokens and the broker in one
 * process; runs a sample export and a sample delete and stays up. With {@code simulator} as its first argument it serves
 * the simulator alone, with {@code surroundings} everything but the broker.
 */
public final class DevelopmentLauncher {

    private static final int ISSUER_PORT = 8082;

    private DevelopmentLauncher() {}

    /** Further arguments are settings of the broker, such as {@code --server.port=9090}; {@code --exit} ends after the samples. */
    public static void main(String[] args) throws Exception {
        switch (args.length == 0 ? "" : args[0]) {
            case "simulator" -> AzureSimulator.serve(Arrays.copyOfRange(args, 1, args.length));
            case "surroundings" -> Surroundings.start(Arrays.copyOfRange(args, 1, args.length));
            case "run" -> program(args[1]).run(Arrays.copyOfRange(args, 2, args.length));
            default -> launchOrSayWhy(args);
        }
    }

    /** What was started before the failure would keep the JVM alive. */
    private static void launchOrSayWhy(String[] args) throws InterruptedException {
        try {
            launch(args);
        } catch (RuntimeException e) {
            out().println("Could not start: " + e.getMessage() + ". Are the ports 8080, 8081 and 8082 free?");
            System.exit(1);
        }
    }

    private static PrintStream out() {
        return new PrintStream(System.out, true, StandardCharsets.UTF_8);
    }

    private static Program program(String name) throws ReflectiveOperationException {
        Constructor<? extends Program> constructor =
                Class.forName(name).asSubclass(Program.class).getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private static void launch(String[] args) throws InterruptedException {
        PrintStream out = out();
        out.println("Starting PostgreSQL, the simulated upstreams, an issuer of tokens and the broker …");
        Person subject = Person.named("Ada", "Lovelace");
        Person other = Person.named("Charles", "Babbage");
        AzureSimulator azure = AzureSimulator.start(Estate.generate(EstateSpec.small(), subject, other));
        Issuer issuer = new Issuer(ISSUER_PORT);
        Broker broker = broker(azure, issuer, args);
        onInterrupt(broker, issuer, azure);
        SampleExport sample = new SampleExport(broker, azure, subject, out);
        boolean exported = sample.run();
        boolean deleted = new SampleDelete(broker, azure, subject, other, out).run();
        new Hints(broker, sample.id(), sample.request().toString(), out).print();
        if (Arrays.asList(args).contains("--exit")) {
            System.exit(exported && deleted ? 0 : 1);
        }
        new CountDownLatch(1).await();
    }

    private static Broker broker(AzureSimulator azure, Issuer issuer, String[] args) {
        Database database = Database.fresh();
        Map<String, String> settings =
                new HashMap<>(Broker.settings(database, azure, issuer, Path.of("target", "dsr-export")));
        settings.put("server.port", "8080");
        settings.put("management.server.port", "8081");
        settings.put("management.server.address", "127.0.0.1");
        settings.put("spring.main.banner-mode", "off");
        settings.put("logging.level.root", "warn");
        settings.put("dsr.verify.spacing", "1s");
        for (String arg : args) {
            List<String> parts = List.of(arg.split("=", 2));
            if (arg.startsWith("--") && parts.size() == 2) {
                settings.put(parts.getFirst().substring(2), parts.getLast());
            }
        }
        return Broker.run(database, issuer, settings);
    }

    private static void onInterrupt(Broker broker, Issuer issuer, AzureSimulator azure) {
        Database.beforeStop(() -> {
            broker.close();
            issuer.close();
            azure.close();
        });
    }
}
