package io.dsrbroker.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HtmlTests {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Html html = new Html(bytes);

    private String written() throws IOException {
        html.close();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void textIsEscaped() throws IOException {
        html.text("<img src=x onerror='a' & \"b\"\u0000>é😀");
        assertThat(written()).isEqualTo("&lt;img src=x onerror=&#39;a&#39; &amp; &quot;b&quot;\uFFFD&gt;é😀");
    }

    @Test
    void percentSignsOfAFileNameAreNoEscapesOfItsLink() throws IOException {
        html.link("data/lab/run/a%20b.json", "a b");
        assertThat(written())
                .isEqualTo("<a href=\"lab/run/a%2520b.json\" data-file=\"lab/run/a%20b.json\"><bdi>a b</bdi></a>");
    }

    @Test
    void nothingTurnsTheDirectionOfWhatFollows() throws IOException {
        html.text("invoice\u202Efdp.exe\u2067\u2028").json("\u202E");
        assertThat(written()).isEqualTo("invoice\uFFFDfdp.exe\uFFFD\uFFFD\"\uFFFD\"");
    }

    @Test
    void jsonEndsNoScript() throws IOException {
        html.json("</script><!-- \"a\\b\" &\n");
        assertThat(written()).isEqualTo("\"\\u003c/script>\\u003c!-- \\\"a\\\\b\\\" \\u0026\uFFFD\"");
    }

    @Test
    void timesAreForMachinesAndForPeople() throws IOException {
        html.time(Instant.parse("2026-11-03T10:20:30.123Z"));
        assertThat(written()).isEqualTo("<time datetime=\"2026-11-03T10:20:30Z\">3 November 2026, 10:20 UTC</time>");
    }

    @Test
    void linkNeverHasASchemeOfItsOwn() throws IOException {
        html.link("data/javascript:alert(1)/a?b#c", "a");
        assertThat(written()).startsWith("<a href=\"javascript%3Aalert%281%29/a%3Fb%23c\"");
    }

    @Test
    void placesReadLikeWords() {
        assertThat(Figures.place("data/lab/workspaces/ws/projects/p%201/run/a.json"))
                .isEqualTo("project p 1");
        assertThat(Figures.place("data/lab/projects/p/runs/run-1/artifact/a.json"))
                .isEqualTo("run run-1");
        assertThat(Figures.place("data/all/hosting-accounts/rg/team/model/a.json"))
                .isEqualTo("account team");
        assertThat(Figures.place("data/lab/a/b/run/a.json")).isEqualTo("a / b");
        assertThat(Figures.place("data/lab/run/a.json")).isEmpty();
    }

    @Test
    void sizesReadLikeWords() {
        assertThat(Figures.size(1)).isEqualTo("1 byte");
        assertThat(Figures.size(999)).isEqualTo("999 bytes");
        assertThat(Figures.size(2048)).isEqualTo("2.0 kB");
        assertThat(Figures.size(999_960)).isEqualTo("1.0 MB");
        assertThat(Figures.size(5_000_000_000L)).isEqualTo("5.0 GB");
    }

    @Test
    void unknownTypesHaveAHeadingToo() {
        assertThat(PlainWords.type("run")).isEqualTo("Training runs");
        assertThat(PlainWords.type("deep-thought")).isEqualTo("Deep thought");
    }
}
