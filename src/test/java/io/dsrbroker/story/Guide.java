package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page whose fenced blocks are run in their order: {@code bash} by one shell, {@code java} is the file that a later
 * command names, {@code json} and {@code text} are what the commands before them answer. Other blocks are refused, and
 * so is an answer that is not shown.
 */
final class Guide {

    private static final Pattern BLOCK = Pattern.compile("(?m)^```(\\w*)\\n((?:(?!```).*\\n)*)```$");
    private static final Pattern FENCE = Pattern.compile("```|~~~+");
    private static final Pattern INDENTED = Pattern.compile("(?m)^\\n {4}\\S.*$");
    private static final Pattern CLASS = Pattern.compile("(?m)^public (?:final )?class (\\w+)");
    private static final String MARK = "----- end of block";

    private final String page;
    private final Path folder;
    private final List<Block> blocks = new ArrayList<>();

    private record Block(String language, String text, int line) {

        @Override
        public String toString() {
            return language + " in line " + line;
        }
    }

    /** Some commands, and what they are to answer; nothing where none is shown. */
    private record Step(Block commands, List<Block> answers) {}

    /**
     * Reads the page.
     *
     * @param folder where its commands are run
     * @param settings values of the variables that it sets, in place of its own
     */
    Guide(Path page, Path folder, Map<String, String> settings) throws IOException {
        String text = Files.readString(page);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            Matcher line = Pattern.compile("(?m)^" + setting.getKey() + "=.*$").matcher(text);
            assertThat(line.results()).as("%s is set", setting.getKey()).hasSize(1);
            text = line.replaceFirst(Matcher.quoteReplacement(setting.getKey() + "='" + setting.getValue() + "'"));
        }
        this.page = text;
        this.folder = folder;
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            int line = (int) text.substring(0, block.start()).lines().count() + 1;
            blocks.add(new Block(block.group(1), block.group(2), line));
        }
    }

    /** Runs all of it; fails where something is not as the page says. */
    void run() throws IOException, InterruptedException {
        assumeTrue(isThere("curl"), "bash and curl are not there");
        assertThat(FENCE.matcher(page).results())
                .as("every fence is one of a block")
                .hasSize(2 * blocks.size());
        assertThat(INDENTED.matcher(BLOCK.matcher(page).replaceAll("")).results())
                .as("blocks are fenced")
                .isEmpty();
        List<Step> steps = steps();
        assertThat(steps).isNotEmpty();
        List<String> answers = answers(steps);
        Shown shown = new Shown();
        for (int number = 0; number < steps.size(); number++) {
            Step step = steps.get(number);
            String answer = number < answers.size() ? answers.get(number) : "";
            assertThat(number)
                    .as("%s came to an end; it said:%n%s%n%s", step.commands(), answer, complaints())
                    .isLessThan(answers.size() - 1);
            if (step.answers().isEmpty()) {
                assertThat(answer)
                        .as("what %s answers is shown", step.commands())
                        .isBlank();
            } else {
                Block expected = step.answers().getFirst();
                String real = answer.replace("\r", "").strip();
                assertThat(
                                expected.language().equals("json")
                                        ? shown.differsAsJson(expected.text(), real)
                                        : shown.differsAsText(expected.text().strip(), real))
                        .as("%s, but the answer is%n%s%n%s", expected, real, complaints())
                        .isEmpty();
            }
        }
    }

    private List<Step> steps() throws IOException {
        List<Step> steps = new ArrayList<>();
        for (Block block : blocks) {
            switch (block.language()) {
                case "bash" -> steps.add(new Step(block, new ArrayList<>()));
                case "json", "text" -> {
                    assertThat(steps).as("%s follows commands", block).isNotEmpty();
                    steps.getLast().answers().add(block);
                    assertThat(steps.getLast().answers())
                            .as("%s is the only answer", block)
                            .hasSize(1);
                }
                case "java" -> keep(block);
                default -> throw new AssertionError("Nobody runs the block " + block);
            }
        }
        return steps;
    }

    private void keep(Block block) throws IOException {
        Matcher name = CLASS.matcher(block.text());
        assertThat(name.find()).as("%s is a class", block).isTrue();
        String file = name.group(1) + ".java";
        assertThat(blocks)
                .as("%s is run later", block)
                .anyMatch(later -> later.line() > block.line()
                        && later.language().equals("bash")
                        && later.text().contains("java " + file));
        Files.writeString(folder.resolve(file), block.text());
    }

    /** What each step answered, and at the end what came after the last; fewer where the shell ended before. */
    private List<String> answers(List<Step> steps) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder("set -eu -o pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || :' EXIT\n");
        steps.forEach(step -> script.append(step.commands().text()).append("printf '\\n%s\\n' '" + MARK + "'\n"));
        Path file = Files.writeString(folder.resolve("guide.bash"), script);
        Path out = folder.resolve("guide.out");
        ProcessBuilder builder = new ProcessBuilder("bash", "--noprofile", "--norc", file.toString())
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(errors().toFile());
        builder.environment()
                .merge("PATH", System.getProperty("java.home") + "/bin", (path, java) -> java + ":" + path);
        Process shell = builder.start();
        try {
            assertThat(shell.waitFor(3, TimeUnit.MINUTES)).as("ends").isTrue();
        } finally {
            shell.descendants().forEach(ProcessHandle::destroy);
            shell.destroy();
        }
        return List.of(Files.readString(out).split("\n" + MARK + "\n", -1));
    }

    private Path errors() {
        return folder.resolve("guide.err");
    }

    private String complaints() throws IOException {
        return Files.readString(errors());
    }

    private static boolean isThere(String command) throws InterruptedException {
        try {
            return new ProcessBuilder("bash", "-c", "command -v " + command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
