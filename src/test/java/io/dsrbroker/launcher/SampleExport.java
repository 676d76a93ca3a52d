package io.dsrbroker.launcher;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Person;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends a sample export through the API, shows how it goes, and what it came to. */
final class SampleExport {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int WIDTH = 30;

    private final Portal portal;
    private final AzureSimulator azure;
    private final Person subject;
    private final PrintStream out;
    private String id = "";
    private final JsonMapper json = new JsonMapper();
    private final boolean terminal =
            Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);

    SampleExport(Broker broker, AzureSimulator azure, Person subject, PrintStream out) {
        this.portal = broker.portal("privacy-desk", Issuer.ALL_SCOPES);
        this.azure = azure;
        this.subject = subject;
        this.out = out;
    }

    /** Runs it to its end; answers whether it completed. */
    boolean run() throws InterruptedException {
        id = portal.submit(request().toString());
        out.println("Sample export " + id);
        Instant end = Instant.now().plus(PATIENCE);
        int lines = 0;
        String stage;
        do {
            Thread.sleep(500);
            stage = portal.get("/requests/" + id).json().get("stage").asString();
            lines = show(bars(), lines);
        } while (!stage.startsWith("COMPLETED")
                && !stage.equals("FAILED")
                && Instant.now().isBefore(end));
        out.println();
        outcomes();
        out.println("The sample export ended " + stage + ".");
        Path zip = Path.of("target", "dsr-" + id + ".zip").toAbsolutePath();
        if (portal.download("/requests/" + id + "/package", zip) == 200) {
            out.println("Its package: " + zip);
        }
        return stage.equals("COMPLETED");
    }

    /** The id of its request. */
    String id() {
        return id;
    }

    /** Its request. */
    ObjectNode request() {
        ObjectNode request = json.createObjectNode();
        request.put("type", "EXPORT").put("externalId", "sample-1");
        request.putObject("subject")
                .put("galleryAuthorId", subject.authorId())
                .put("objectId", subject.objectId())
                .put("email", subject.userName());
        request.putObject("secrets").put("dataLabAccessToken", "sample-token");
        ArrayNode targets = request.putArray("targets");
        targets.addObject().put("name", "gallery").put("kind", "gallery-author");
        for (Place place : azure.estate().places()) {
            ObjectNode target = place.target();
            if (target.path("kind").asString("").equals("gallery-author")) {
                continue;
            }
            target.put("name", target.path("kind").asString("") + "-" + targets.size());
            boolean shared = target.path("kind").asString("").equals("experimentation-account");
            target.put("select", shared ? "OWNED" : "ALL").put("unknownOwner", "INCLUDE");
            targets.add(target);
        }
        return request;
    }

    private List<String> bars() {
        Map<String, int[]> targets = new TreeMap<>();
        everyTask(task -> {
            int[] counts = targets.computeIfAbsent(task.get("target").asString(), name -> new int[2]);
            counts[0]++;
            counts[1] += task.get("finishedAt").isNull() ? 0 : 1;
        });
        List<String> bars = new ArrayList<>();
        targets.forEach((name, counts) -> {
            int filled = WIDTH * counts[1] / counts[0];
            bars.add("  %-28s %s%s %5d of %5d"
                    .formatted(name, "█".repeat(filled), "░".repeat(WIDTH - filled), counts[1], counts[0]));
        });
        return bars;
    }

    /** Draws over what was drawn before; where there is no terminal, one line a time. */
    private int show(List<String> bars, int before) {
        if (!terminal) {
            out.println(String.join(" | ", bars).replaceAll("\\s+", " "));
            return 0;
        }
        if (before > 0) {
            out.print("\033[" + before + "A");
        }
        bars.forEach(bar -> out.println("\033[2K" + bar));
        return bars.size();
    }

    private void outcomes() {
        Map<String, Map<String, Integer>> outcomes = new TreeMap<>();
        everyTask(task -> outcomes.computeIfAbsent(task.get("type").asString(), type -> new LinkedHashMap<>())
                .merge(task.get("state").asString(), 1, Integer::sum));
        out.printf("  %-28s %-28s %8s%n", "resource type", "outcome", "tasks");
        outcomes.forEach((type, states) ->
                states.forEach((state, count) -> out.printf("  %-28s %-28s %8d%n", type, state, count)));
    }

    private void everyTask(java.util.function.Consumer<JsonNode> reader) {
        String path = "/requests/" + id + "/resources?limit=500";
        String cursor = "";
        do {
            JsonNode page = portal.get(path + cursor).json();
            page.get("items").forEach(reader);
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + page.get("next").asString();
        } while (!cursor.isEmpty());
    }
}
