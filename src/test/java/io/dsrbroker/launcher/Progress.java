package io.dsrbroker.launcher;

import io.dsrbroker.support.Portal;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Shows how a request goes, and what it came to. */
final class Progress {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int WIDTH = 30;

    private final Portal portal;
    private final String id;
    private final PrintStream out;
    private final boolean terminal =
            Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);

    Progress(Portal portal, String id, PrintStream out) {
        this.portal = portal;
        this.id = id;
        this.out = out;
    }

    /** Shows it until it has ended; answers its last stage. */
    String untilEnded() throws InterruptedException {
        String stage = until(view -> !view.get("finishedAt").isNull());
        out.println();
        outcomes();
        return stage;
    }

    /** Shows it until its view is as wished, or time is up; answers its stage then. */
    String until(Predicate<JsonNode> wish) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        int lines = 0;
        JsonNode view;
        do {
            Thread.sleep(500);
            view = portal.get("/requests/" + id).json();
            lines = show(bars(), lines);
        } while (!wish.test(view) && Instant.now().isBefore(end));
        return view.get("stage").asString();
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
        if (bars.isEmpty()) {
            return before;
        }
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

    private void everyTask(Consumer<JsonNode> reader) {
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
