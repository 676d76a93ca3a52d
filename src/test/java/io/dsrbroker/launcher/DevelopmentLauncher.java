package io.dsrbroker.launcher;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.SampleEstate;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import io.dsrbroker.support.Program;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.net.InetAddress;
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
 * the simulator alone, with {@code issuer} the issuer, with {@code surroundings} everything but the broker; {@code
 * container} makes a container in an emulated Azure account, {@code samples} runs the samples against a broker elsewhere, {@code train} against a command that starts one.
 */
public final class DevelopmentLauncher {

    private static final int ISSUER_PORT = 8082;

    private DevelopmentLauncher() {}

    /** Further arguments are settings of the broker, such as {@code --server.port=9090}; {@code --exit} ends after the samples. */
    public static void main(String[] args) throws Exception {
        switch (args.length == 0 ? "" : args[0]) {
            case "simulator" -> AzureSimulator.serve(Arrays.copyOfRange(args, 1, args.length));
            case "surroundings" -> Surroundings.start(Arrays.copyOfRange(args, 1, args.length));
            case "issuer" -> issuer();
            case "container" -> new Container(args[1], out()).make(args[2]);
            case "samples" -> end(new Samples(args[1], args[2], Path.of(args[3]), out()).run());
            case "train" -> end(new Training(List.of(args).subList(1, args.length), out()).run());
            case "run" -> program(args[1]).run(Arrays.copyOfRange(args, 2, args.length));
            default -> launchOrSayWhy(args);
        }
    }

    private static void issuer() throws IOException, InterruptedException {
        try (Issuer issuer = new Issuer(InetAddress.getByAddress(new byte[4]), ISSUER_PORT)) {
            out().println("Tokens: " + issuer.url());
            new CountDownLatch(1).await();
        }
    }

    private static void end(boolean good) {
        System.exit(good ? 0 : 1);
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
        SampleEstate estate = new SampleEstate();
        AzureSimulator azure = AzureSimulator.start(estate.estate());
        Issuer issuer = new Issuer(ISSUER_PORT);
        Broker broker = broker(azure, issuer, args);
        onInterrupt(broker, issuer, azure);
        Portal desk = broker.portal("privacy-desk", Issuer.ALL_SCOPES);
        Portal officer = broker.portal("privacy-officer", Issuer.ALL_SCOPES);
        SampleExport sample = new SampleExport(desk, estate, Path.of("target"), out);
        boolean exported = sample.run();
        boolean deleted = new SampleDelete(desk, officer, estate, out).run();
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
        settings.putAll(Issuer.CONSOLE);
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
