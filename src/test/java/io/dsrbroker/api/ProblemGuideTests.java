package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guide knows every problem that the code can answer and no others, and {@code docs/problems.md} says the same. */
class ProblemGuideTests {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path PAGE = Path.of("docs/problems.md");

    /** Where a problem is made: its status, name and title, one after the other. */
    private static final Pattern MADE = Pattern.compile("(\\d{3}),\\s*\"([a-z]+(?:-[a-z]+)*)\",\\s*\"([A-Z][^\"]*)\"");

    private final ProblemGuide guide = new ProblemGuide();

    private record Made(int status, String name, String title) {}

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static List<Made> made(Path source) throws IOException {
        List<Made> found = new ArrayList<>();
        Matcher problems = MADE.matcher(Files.readString(source));
        while (problems.find()) {
            found.add(new Made(Integer.parseInt(problems.group(1)), problems.group(2), problems.group(3)));
        }
        return found;
    }

    /** By name; that a name always has the same status and title is checked on the way. */
    private static Map<String, Made> everything() throws IOException {
        Map<String, Made> problems = new HashMap<>();
        for (Path source : sources()) {
            List<Made> made = made(source);
            if (Files.readString(source).contains("extends BrokerProblem")) {
                assertThat(made)
                        .as("%s makes a problem in a way that this test does not see", source)
                        .isNotEmpty();
            }
            for (Made problem : made) {
                Made before = problems.putIfAbsent(problem.name(), problem);
                assertThat(before == null || before.equals(problem))
                        .as("%s and %s", before, problem)
                        .isTrue();
            }
        }
        return problems;
    }

    @Test
    void everyProblemHasAPageAndEveryPageAProblem() throws IOException {
        Map<String, Made> problems = everything();
        assertThat(guide.all().stream().map(ProblemGuide.Entry::name))
                .as("pages in problems/guide.yaml, in order, for the problems of the code")
                .containsExactlyElementsOf(new TreeSet<>(problems.keySet()));
        assertThat(guide.all())
                .allSatisfy(entry -> assertThat(new Made(entry.status(), entry.name(), entry.title()))
                        .isEqualTo(problems.get(entry.name())));
    }

    @Test
    void everyStatusHasAPage() {
        assertThat(IntStream.range(400, 600)
                        .mapToObj(Problem::of)
                        .map(Problem::name)
                        .distinct())
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(guide.find(name)).as(name).isPresent());
    }

    @Test
    void examplesOfTheDescriptionCarryWhatThePagesSay() {
        List<String> names = List.of(
                "active-delete-exists",
                "extension-not-allowed",
                "invalid-parameter",
                "package-not-ready",
                "plan-changed",
                "plan-not-ready",
                "receipt-not-ready",
                "wrong-stage",
                "wrong-state");
        assertThat(guide.all().stream()
                        .filter(entry ->
                                !entry.carried().isEmpty() && !entry.carried().containsKey("errors"))
                        .map(ProblemGuide.Entry::name))
                .containsExactlyElementsOf(names);
        assertThat(names)
                .allSatisfy(name -> assertThat(
                                ProblemExamples.of(name).properties().keySet())
                        .as(name)
                        .isEqualTo(guide.find(name).orElseThrow().carried().keySet()));
    }

    @Test
    void documentationSaysTheSame() throws IOException {
        String written = written();
        if (Boolean.getBoolean("dsr.docs.write")) {
            Files.writeString(PAGE, written);
        }
        assertThat(PAGE)
                .as("What docs/problems.md says is not what problems/guide.yaml says: run mvn test"
                        + " -Dtest=ProblemGuideTests -Ddsr.docs.write=true to write it anew")
                .hasContent(written);
    }

    private String written() {
        StringBuilder page = new StringBuilder("""
                # Problems

                Written from `src/main/resources/problems/guide.yaml`; change that, not this.

                An error is an RFC 9457 problem (`application/problem+json`): `type` is `/problems/` and one of these names, and leads to a page of
                the broker that says the same. `instance` stands in the broker's log. `title` and `status` are always the same for a name.
                """);
        for (ProblemGuide.Entry entry : guide.all()) {
            page.append("\n## ")
                    .append(entry.name())
                    .append("\n\n")
                    .append(entry.status())
                    .append(", ")
                    .append(entry.title())
                    .append(".\n\n")
                    .append(entry.means())
                    .append("\n\n**What to do.** ")
                    .append(entry.todo())
                    .append("\n");
            if (!entry.carried().isEmpty()) {
                page.append("\n");
                entry.carried()
                        .forEach((name, meaning) -> page.append("- `")
                                .append(name)
                                .append("`: ")
                                .append(meaning)
                                .append("\n"));
            }
        }
        return page.toString();
    }
}
