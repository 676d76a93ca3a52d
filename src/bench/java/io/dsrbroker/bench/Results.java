package io.dsrbroker.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** What was measured: medians of interleaved rounds, and how far they spread. */
final class Results {

    /** Rounds of each measurement. */
    static final int ROUNDS = 5;

    private final PrintStream out;
    private final List<Ratio> ratios = new ArrayList<>();

    Results(PrintStream out) {
        this.out = out;
    }

    /** Several values of one thing. */
    record Spread(String what, double median, double least, double most) {

        static Spread of(String what, List<Double> values) {
            List<Double> sorted = new ArrayList<>(values);
            Collections.sort(sorted);
            return new Spread(what, sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
        }
    }

    /** One thing ÷ another, round by round. */
    record Ratio(String section, String name, Spread ours, Spread theirs, Spread ratio) {}

    /** Keeps rounds of two things that were measured in turn. */
    void ratio(
            String section, String name, String what, List<Double> ours, String whatElse, List<Double> theirs) {
        List<Double> quotients = new ArrayList<>();
        for (int round = 0; round < ours.size(); round++) {
            quotients.add(ours.get(round) / theirs.get(round));
        }
        Ratio ratio = new Ratio(
                section,
                name,
                Spread.of(what, ours),
                Spread.of(whatElse, theirs),
                Spread.of("ratio", quotients));
        ratios.add(ratio);
        out.println(String.format(
                Locale.ROOT,
                "%-8s %-28s %,10.0f %s  ÷ %,10.0f %s  = %.2f  [%.2f–%.2f]",
                section,
                name,
                ratio.ours().median(),
                what,
                ratio.theirs().median(),
                whatElse,
                ratio.ratio().median(),
                ratio.ratio().least(),
                ratio.ratio().most()));
    }

    /** Writes all as JSON. */
    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file, JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(ratios));
    }
}
