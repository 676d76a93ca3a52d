package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A guide that says what is not so does not pass. */
class GuideTests {

    private static final String SETTING = "```bash\nHOST=there\n```\n";

    @TempDir
    private Path folder = Path.of(".");

    private static String block(String language, String text) {
        return "```" + language + "\n" + text + "\n```\n";
    }

    private void run(String page) throws IOException, InterruptedException {
        new Guide(Files.writeString(folder.resolve("page.md"), SETTING + page), folder, Map.of("HOST", "here")).run();
    }

    @Test
    void whatIsSoPasses() {
        assertThatCode(() -> run("Some *words*.\n" + block("bash", "WORD=one\necho \"$HOST\"")
                        + block("text", "he…")
                        + block("bash", "echo \"$WORD\"; echo two; echo three")
                        + block("text", "one\n…\nthree")
                        + block("java", "public class One {\n    public static void main(String[] words) {}\n}")
                        + block("bash", "java One.java")
                        + block("bash", "echo '{\"a\":[1,2],\"b\":null,\"c\":\"x\"}'")
                        + block("json", "{ \"a\": [ 1, … ], \"c\": …, … }")))
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsNotSoDoesNot() {
        refuses(block("bash", "echo one") + block("text", "two"));
        refuses(block("bash", "echo one"));
        refuses(block("bash", "false") + block("bash", "true"));
        refuses(block("bash", "echo \"$NOTHING\"") + block("text", "…"));
        refuses(block("text", "nobody answers this"));
        refuses(block("python", "print(1)"));
        refuses(block("java", "public class Two {}"));
        refuses("    $ echo indented\n");
        refuses("~~~\necho other fence\n~~~\n");
        refuses("- in a list\n  ```bash\n  echo one\n  ```\n");
        refuses(block("bash", "echo one") + block("text", "one") + block("text", "one"));
        assertThatThrownBy(() ->
                        new Guide(Files.writeString(folder.resolve("page.md"), SETTING), folder, Map.of("PORT", "1")))
                .isInstanceOf(AssertionError.class);
    }

    private void refuses(String page) {
        assertThatThrownBy(() -> run("\n" + page)).as(page).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a":1}          | {"a":2}
            {"a":1}          | {"a":1,"b":2}
            {"a":1,…}        | {"b":2}
            {"a":null}       | {"a":"x"}
            {"a":"x…"}       | {"a":"yx"}
            {"a":"…"}        | {"a":5}
            {"a":[1]}        | {"a":[1,2]}
            {"a":[1,2,…]}    | {"a":[1]}
            {"a":"2026-11-02T09:15:00Z"} | {"a":"soon"}
            {"a":"019f7b3e-4c1b-7d3e-9a51-0b6c2f8e7d14"} | {"a":"none"}
            """)
    void answersThatDifferAreFound(String shown, String real) {
        assertThat(new Shown().differsAsJson(shown, real)).isPresent();
        assertThat(new Shown()
                        .differsAsJson(
                                shown.replace(",…", ""), shown.replace(",…", "").replace("…", "any")))
                .isEmpty();
    }

    @Test
    void idStandsForTheSameEverywhere() {
        String shown = "019f7b3e-4c1b-7d3e-9a51-0b6c2f8e7d14";
        String one = "01a2279b-1e0a-7bc6-bb4a-e749a9ca5ad9";
        String other = "01a2279b-1e0a-7bc6-bb4a-e749a9ca5ada";
        Shown answers = new Shown();
        assertThat(answers.differsAsText("at " + shown, "at " + one)).isEmpty();
        assertThat(answers.differsAsJson("{\"id\":\"" + shown + "\"}", "{\"id\":\"" + one + "\"}"))
                .isEmpty();
        assertThat(answers.differsAsJson("{\"id\":\"" + shown + "\"}", "{\"id\":\"" + other + "\"}"))
                .isPresent();
    }
}
