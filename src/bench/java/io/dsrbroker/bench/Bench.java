package io.dsrbroker.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code mvn -Pbench verify}: measures the sections that its first argument names, all where it names none. */
public final class Bench {

    private Bench() {}

    /** The first argument: sections, separated by commas; the second: where the results are written. */
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Map<String, Section> sections = new LinkedHashMap<>();
        sections.put("fanout", new Fanout());
        List<String> wanted = args.length == 0 || args[0].isBlank()
                ? List.copyOf(sections.keySet())
                : List.of(args[0].split(","));
        if (!sections.keySet().containsAll(wanted)) {
            out.println("Sections are " + sections.keySet());
            System.exit(2);
        }
        Results results = new Results(out);
        for (String name : wanted) {
            sections.get(name).run(results);
        }
        results.write(Path.of(args.length < 2 ? "target/bench" : args[1]).resolve("results.json"));
        System.exit(0);
    }
}
