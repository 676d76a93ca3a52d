package io.dsrbroker.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        assertThat(written()).isEqualTo("<a href=\"lab/run/a%2520b.json\"><bdi>a b</bdi></a>");
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
