package io.dsrbroker.launcher;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Person;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * Everything a broker needs around it, for brokers of your own: one with a small heap, or several. Arguments: {@code
 * runs=}, {@code metrics=}, {@code artifacts=}, {@code artifact-bytes=} of the estate's one project.
 */
final class Surroundings {

    private Surroundings() {}

    @SuppressWarnings("SystemOut")
    static void start(String[] arguments) throws IOException, InterruptedException {
        Map<String, Long> numbers =
                new HashMap<>(Map.of("runs", 20L, "metrics", 2L, "artifacts", 3L, "artifact-bytes", 2048L));
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            numbers.put(argument.substring(0, equals), Long.valueOf(argument.substring(equals + 1)));
        }
        Person subject = Person.named("Ada", "Lovelace");
        EstateSpec spec = EstateSpec.small()
                .withLabs(1, 1, 1)
                .withRuns(number(numbers, "runs"), number(numbers, "metrics"), number(numbers, "artifacts"))
                .withArtifactBytes(numbers.getOrDefault("artifact-bytes", 0L));
        Database database = Database.fresh();
        AzureSimulator azure = AzureSimulator.start(Estate.generate(spec, subject, Person.named("Charles", "Babbage")));
        Issuer issuer = new Issuer();
        Database.beforeStop(() -> {
            issuer.close();
            azure.close();
        });
        Map<String, String> settings = new TreeMap<>(Broker.settings(
                database, azure, issuer, Path.of("target", "dsr-export").toAbsolutePath()));
        settings.putAll(Broker.boundlessQuota());
        settings.put("server.port", "8080");
        settings.put("management.server.port", "8081");
        StringBuilder lines = new StringBuilder();
        settings.forEach((key, value) ->
                lines.append("--").append(key).append('=').append(value).append('\n'));
        Path file = Files.writeString(Path.of("target", "broker.args"), lines);
        System.out.println("Settings: " + file.toAbsolutePath()
                + "  (java -jar target/dsr-broker-*.jar $(cat target/broker.args))");
        System.out.println("TOKEN=" + issuer.token("privacy-desk", Issuer.ALL_SCOPES));
        System.out.println("objectId=" + subject.objectId() + " authorId=" + subject.authorId());
        azure.estate().places().forEach(place -> System.out.println("target " + place.target()));
        azure.estate().projects().forEach(place -> System.out.println("target " + place.target()));
        new CountDownLatch(1).await();
    }

    private static int number(Map<String, Long> numbers, String name) {
        return Math.toIntExact(numbers.getOrDefault(name, 0L));
    }
}
