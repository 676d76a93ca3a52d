package io.dsrbroker.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Starts the simulator from the command line: {@code --<upstream>-port=}, {@code --control-port=}, {@code --runs=}, {@code --metrics=}, {@code --artifacts=}, {@code --artifact-bytes=}, {@code --page-size=};
 * {@code --host=} for all interfaces under this name, {@code --estate=sample} (or {@code generated}) for the estate of the samples. */
final class Launch {

    private static final Set<String> TEXTS = Set.of("host", "estate");
    private static final Set<String> NUMBERS = Set.of("runs", "metrics", "artifacts", "artifact-bytes", "page-size");

    private Launch() {}

    static void run(String[] args) throws InterruptedException {
        var texts = texts(args);
        var numbers = numbers(args);
        var spec = EstateSpec.small();
        spec = spec.withRuns(
                        number(numbers, "runs", spec.runsPerProject()),
                        number(numbers, "metrics", spec.metricsPerRun()),
                        number(numbers, "artifacts", spec.artifactsPerRun()))
                .withArtifactBytes(numbers.getOrDefault("artifact-bytes", spec.artifactBytes()));
        var ports = new HashMap<String, Integer>();
        for (var upstream : Upstream.values()) {
            var name = upstream == Upstream.GALLERY ? "gallery" : upstream.wireName();
            ports.put(upstream.wireName(), number(numbers, name + "-port", 0));
        }
        ports.put("control", number(numbers, "control-port", 0));
        boolean sample = isSample(texts.getOrDefault("estate", "generated"));
        var subject = sample ? SampleEstate.SUBJECT : Person.named("First", "Last");
        var estate = sample ? new SampleEstate().estate() : Estate.generate(spec, subject);
        var host = texts.get("host");
        var listen = host == null ? Listen.loopback() : Listen.everywhere(host);
        try (var simulator = AzureSimulator.start(estate, ports, listen)) {
            if (numbers.containsKey("page-size")) {
                simulator.settings().pageSize(number(numbers, "page-size", 20));
            }
            print(simulator, subject);
            new CountDownLatch(1).await();
        }
    }

    private static int number(Map<String, Long> numbers, String name, int otherwise) {
        return Math.toIntExact(numbers.getOrDefault(name, (long) otherwise));
    }

    private static boolean isSample(String estate) {
        return switch (estate) {
            case "sample" -> true;
            case "generated" -> false;
            default -> throw new IllegalArgumentException("unknown estate " + estate);
        };
    }

    private static Map<String, String> texts(String[] args) {
        var texts = new HashMap<String, String>();
        for (var arg : args) {
            for (var name : TEXTS) {
                if (arg.startsWith("--" + name + "=")) {
                    texts.put(name, arg.substring(name.length() + 3));
                }
            }
        }
        return texts;
    }

    private static Map<String, Long> numbers(String[] args) {
        var numbers = new HashMap<String, Long>();
        for (var arg : args) {
            if (TEXTS.stream().anyMatch(name -> arg.startsWith("--" + name + "="))) {
                continue;
            }
            int equals = arg.indexOf('=');
            var name = arg.startsWith("--") && equals > 2 ? arg.substring(2, equals) : "";
            if (!NUMBERS.contains(name) && !name.endsWith("-port")) {
                throw new IllegalArgumentException("unknown argument " + arg);
            }
            numbers.put(name, Long.valueOf(arg.substring(equals + 1)));
        }
        return numbers;
    }

    @SuppressWarnings("SystemOut")
    private static void print(AzureSimulator simulator, Person subject) {
        for (var upstream : Upstream.values()) {
            System.out.printf("%-18s %s%n", upstream.wireName(), simulator.baseUrl(upstream.wireName()));
        }
        System.out.printf("%-18s %s%n", "token endpoint", simulator.tokenEndpoint());
        System.out.printf("%-18s %s%n", "control", simulator.controlUrl());
        System.out.printf("%-18s %s%n", "subject", subject);
        simulator.estate().places().forEach(place -> System.out.printf("%-18s %s%n", "target", place.target()));
    }
}
